import logging
import sys
import typing
from typing import Optional

from shop.rest import NAME

from .levels import Level


def send(text, to: Optional[str] = None, level: Optional[int] = typing.cast(int, None)):
    return text, Level


send("a", level=[Level.HIGH, NAME, logging.INFO, sys.path, str(1)])
