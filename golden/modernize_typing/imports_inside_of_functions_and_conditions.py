# args: --target-version 3.10
# skips: 8 T23-conditional
# skips: 13 T23-conditional
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Iterable, Optional

try:
    from app import Thing
    from typing import Mapping
except ImportError:
    Thing = object

try:
    from typing import OrderedDict
except ImportError:
    from typing_extensions import OrderedDict


def f(a: "Iterable[int]", b: "Optional[int]", c: Mapping[str, int]) -> None:
    from typing import List
    x: List[int] = []


def g():
    from typing import Callable, cast
    return cast(Callable[[], int], f)
# output
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

try:
    from app import Thing
    from typing import Mapping
except ImportError:
    Thing = object

try:
    from typing import OrderedDict
except ImportError:
    from typing_extensions import OrderedDict


def f(a: "Iterable[int]", b: "int | None", c: Mapping[str, int]) -> None:
    x: list[int] = []


def g():
    from typing import cast
    return cast(Callable[[], int], f)
