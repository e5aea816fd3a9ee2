from . import texts
from .texts import shorten

__all__ = ["texts", "shorten"]
