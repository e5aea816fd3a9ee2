from .base import count as count

__all__ = ("count",)
