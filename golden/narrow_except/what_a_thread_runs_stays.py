# path: case.py
# skips: 11 N15-thread-or-task
import logging
from threading import Thread

log = logging.getLogger(__name__)


def start(service):
    def run():
        try:
            service.serve()
        except Exception:
            log.exception("serve")

    Thread(target=run).start()
