from __future__ import annotations

import logging

__all__ = ["cut"]

log = logging.getLogger(__name__)


def cut(text):
    log.info(text)
