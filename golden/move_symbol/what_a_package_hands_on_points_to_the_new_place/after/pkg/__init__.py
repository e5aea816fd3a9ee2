from .a import two
from .b import one

__all__ = ["one", "two"]
