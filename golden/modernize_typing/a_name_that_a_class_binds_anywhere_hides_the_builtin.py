# args: --target-version 3.10
from typing import Dict, FrozenSet, List, Set, Text, Tuple, Type


class Shelf:
    def pick(self, ids: List[int]) -> None: ...
    def list(self) -> List[int]: ...


class Outer:
    def f(self, a: Set[int], b: Dict[str, int], c: Text) -> Tuple[int, ...]:
        def inner(x: Set[int]) -> None: ...

    for set in (): ...
    with open("x") as dict: ...
    try:
        import str
    except ImportError as tuple: ...

    class Inner:
        def g(self, a: Set[int], b: FrozenSet[int]) -> Type[int]: ...

        if (type := 1): ...


class Free:
    Alias = List[int]
    Rows = dict

    def f(self, a: List[int]) -> Dict[str, int]:
        list = a
        return list
# output
import builtins


class Shelf:
    def pick(self, ids: builtins.list[int]) -> None: ...
    def list(self) -> builtins.list[int]: ...


class Outer:
    def f(self, a: builtins.set[int], b: builtins.dict[str, int], c: builtins.str) -> builtins.tuple[int, ...]:
        def inner(x: set[int]) -> None: ...

    for set in (): ...
    with open("x") as dict: ...
    try:
        import str
    except ImportError as tuple: ...

    class Inner:
        def g(self, a: set[int], b: frozenset[int]) -> builtins.type[int]: ...

        if (type := 1): ...


class Free:
    Alias = list[int]
    Rows = dict

    def f(self, a: list[int]) -> dict[str, int]:
        list = a
        return list
