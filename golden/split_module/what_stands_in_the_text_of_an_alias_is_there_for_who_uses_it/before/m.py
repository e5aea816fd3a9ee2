from typing import List, Optional, TypeVar


class Base:
    pass


T = TypeVar("T", bound="Base")
Maybe = Optional["Base"]
Many = "List[Maybe]"


def one(many: Many) -> Maybe:
    return many[0]


def two(thing: T) -> T:
    return thing
