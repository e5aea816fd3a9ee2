from .base import tally as count

__all__ = ("count",)
