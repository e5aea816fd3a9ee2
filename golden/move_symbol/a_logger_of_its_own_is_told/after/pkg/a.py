import logging

logger = logging.getLogger(__name__)


def two():
    logger.info("two")
