from typing import Optional

from .levels import Level


def send(text, to: Optional[str] = None):
    return text, Level


send("a")
