# args: --unsafe
# path: shop.py
# skips: 11 N23-side-effect
import logging

import metrics

log = logging.getLogger(__name__)


def sell(name: str) -> str:
    try:
        metrics.increment("sold", name)
    except Exception:
        log.debug("not counted")
    return name
