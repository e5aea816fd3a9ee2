# path: case.py
# skips: 9 N23-side-effect
import logging

log = logging.getLogger(__name__)


def save(row, bus):
    try:
        bus.publish("saved", row)
    except Exception:
        log.warning("not published")
