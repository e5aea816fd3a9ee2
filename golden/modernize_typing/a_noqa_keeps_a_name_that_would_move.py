# args: --target-version 3.10
# skips: 1 T22-kept
# skips: 5 T22-kept
from typing import (  # noqa: UP035
    Callable,
    List,
)
from typing import Iterable  # noqa: E501
from typing import (
    Iterator,
    Sequence,  # type: ignore
)


def f(a: Callable[[], int], b: List[int], c: Iterable[int], d: Iterator[int], e: Sequence[int]) -> None: ...
# output
from collections.abc import Iterator, Sequence
from typing import (  # noqa: UP035
    Callable,
)
from typing import Iterable  # noqa: E501


def f(a: Callable[[], int], b: list[int], c: Iterable[int], d: Iterator[int], e: Sequence[int]) -> None: ...
