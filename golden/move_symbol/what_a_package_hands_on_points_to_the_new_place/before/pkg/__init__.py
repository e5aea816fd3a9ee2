from .a import one, two

__all__ = ["one", "two"]
