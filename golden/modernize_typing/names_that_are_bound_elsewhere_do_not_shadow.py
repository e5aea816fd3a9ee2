# args: --target-version 3.10
from typing import Dict, List, Type


class Store:
    def list(self) -> None: ...


def outside(list: List[int], type: Type[int]) -> Dict[str, int]:
    dict = {}
    return dict


class Other:
    def f(self, x: List[int]) -> Dict[str, int]: ...

    class Inner:
        def set(self) -> None: ...

    def g(self, x: List[int]) -> None: ...
# output
class Store:
    def list(self) -> None: ...


def outside(list: list[int], type: type[int]) -> dict[str, int]:
    dict = {}
    return dict


class Other:
    def f(self, x: list[int]) -> dict[str, int]: ...

    class Inner:
        def set(self) -> None: ...

    def g(self, x: list[int]) -> None: ...
