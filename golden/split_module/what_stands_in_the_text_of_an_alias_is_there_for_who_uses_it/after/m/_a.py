from typing import List, Optional, TypeVar

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


class Base:
    pass


T = TypeVar("T", bound="Base")
Maybe = Optional["Base"]
Many = "List[Maybe]"
