import logging

B = 0

logger = logging.getLogger(__name__)


def one():
    logger.info("one")
