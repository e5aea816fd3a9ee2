import logging

log = logging.getLogger(__name__)


def trim(text):
    log.info(text)


def cut(text):
    log.info(text)
