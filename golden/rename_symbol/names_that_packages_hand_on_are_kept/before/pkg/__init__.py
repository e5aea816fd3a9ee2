from .base import count

__all__ = ("count",)
