# args: --target-version 3.10
from typing import Any, Dict, List, Optional
from typing import Union


def f(a: list[int]) -> Any:
    """Optional list of things."""
    raise TypeError("Union of two sets: Dict, List")
# output
from typing import Any


def f(a: list[int]) -> Any:
    """Optional list of things."""
    raise TypeError("Union of two sets: Dict, List")
