# args: --target-version 3.11
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Callable, Iterable

    from shop import Cart


def g(f: "Callable[[], Cart]", rows: "Iterable[int]") -> None:
    from typing import Callable, cast

    cast(Callable[[], int], f)
# output
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shop import Cart


def g(f: "Callable[[], Cart]", rows: "Iterable[int]") -> None:
    from typing import cast

    cast(Callable[[], int], f)
