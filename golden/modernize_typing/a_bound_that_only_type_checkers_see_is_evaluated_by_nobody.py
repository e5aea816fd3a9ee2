# args: --target-version 3.10
from typing import TYPE_CHECKING, Optional, TypeVar

if TYPE_CHECKING:
    from shop import Item

    T = TypeVar("T", bound=Optional["Item"])
# output
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from shop import Item

    T = TypeVar("T", bound=Item | None)
