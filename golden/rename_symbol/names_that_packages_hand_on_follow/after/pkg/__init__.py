from .base import tally as tally

__all__ = ("tally",)
