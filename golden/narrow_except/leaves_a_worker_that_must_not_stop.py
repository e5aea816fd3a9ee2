# args: --unsafe
# path: shop.py
# skips: 13 N14-worker
import logging
import time

import warehouse

log = logging.getLogger(__name__)


def work() -> None:
    while True:
        try:
            warehouse.tick()
        except Exception:
            log.exception("tick failed")
        time.sleep(1)
