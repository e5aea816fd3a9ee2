from . import strings
from .strings import shorten

__all__ = ["strings", "shorten"]
