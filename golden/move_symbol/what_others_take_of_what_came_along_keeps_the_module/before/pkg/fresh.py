import logging

log = logging.getLogger(__name__)


def cut(text):
    log.info(text)
