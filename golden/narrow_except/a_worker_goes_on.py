# path: case.py
# skips: 10 N14-worker
import logging

log = logging.getLogger(__name__)


def serve(queue):
    while True:
        try:
            queue.step()
        except Exception:
            log.exception("step")
