# args: --target-version 3.10
import os
from typing import Deque, Dict, FrozenSet, List, Set, Tuple, Type

CACHE: Dict[str, List[int]] = {}


def f(a: Set[int], b: FrozenSet[str], c: Tuple[int, ...], d: Type[OSError]) -> Deque[str]:
    return os.environ
# output
import os
from collections import deque

CACHE: dict[str, list[int]] = {}


def f(a: set[int], b: frozenset[str], c: tuple[int, ...], d: type[OSError]) -> deque[str]:
    return os.environ
