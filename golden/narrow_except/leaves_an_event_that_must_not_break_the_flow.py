# args: --unsafe
# path: shop.py
# skips: 11 N23-side-effect
import logging

import bus

log = logging.getLogger(__name__)


def sold(name: str) -> None:
    try:
        bus.publish("sold", name)
    except Exception:
        log.warning("nobody heard that %s was sold", name)
