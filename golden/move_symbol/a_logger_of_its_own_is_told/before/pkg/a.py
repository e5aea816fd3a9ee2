import logging

logger = logging.getLogger(__name__)


def one():
    logger.info("one")


def two():
    logger.info("two")
