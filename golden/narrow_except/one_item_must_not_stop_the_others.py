# path: case.py
# skips: 10 N13-isolates
import logging

log = logging.getLogger(__name__)


def every(rows, store):
    for row in rows:
        try:
            store.save(row)
        except Exception:
            log.exception("row %s", row)
