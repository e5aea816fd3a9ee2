# args: --target-version 3.10
from dataclasses import dataclass
from typing import List, Optional, Type, Union


def is_generic(kind: Type, names: List[str]) -> bool:
    return hasattr(kind, "__origin__")


def find(name: str) -> Optional[Type]:
    found: Union[Type, str] = name
    return None if isinstance(found, str) else found


def plain(kind: type, other: Type[int]) -> bool:
    return isinstance(other, Type)


@dataclass
class Field:
    kind: Type
# output
from dataclasses import dataclass
from typing import Any


def is_generic(kind: type[Any], names: list[str]) -> bool:
    return hasattr(kind, "__origin__")


def find(name: str) -> type[Any] | None:
    found: type[Any] | str = name
    return None if isinstance(found, str) else found


def plain(kind: type, other: type[int]) -> bool:
    return isinstance(other, type)


@dataclass
class Field:
    kind: type
