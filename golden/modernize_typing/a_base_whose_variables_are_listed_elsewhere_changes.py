# args: --target-version 3.10
from typing import Any, Dict, Generic, Iterable, Iterator, List, Protocol, TypeVar

K = TypeVar("K")


class Rows(List[K], Generic[K]): ...


class Walks(Iterable[K], Protocol[K]): ...


class Ints(Iterator[int]): ...


class Options(Dict[str, Any]): ...
# output
from collections.abc import Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar

K = TypeVar("K")


class Rows(list[K], Generic[K]): ...


class Walks(Iterable[K], Protocol[K]): ...


class Ints(Iterator[int]): ...


class Options(dict[str, Any]): ...
