# args: --target-version 3.10
import os
from typing import (
    Any,  # for all
    Dict,
    Optional,
    TypeVar,  # of ours
)

T = TypeVar("T")


def f(a: Optional[T], b: Dict[str, Any]) -> None:
    os.getcwd()
# output
import os
from typing import (
    Any,  # for all
    TypeVar,  # of ours
)

T = TypeVar("T")


def f(a: T | None, b: dict[str, Any]) -> None:
    os.getcwd()
