# args: --target-version 3.10
# skips: 8 T13-value
# skips: 10 T13-value
# skips: 11 T13-value
# skips: 16 T13-value
# skips: 20 T13-value
# skips: 20 T13-value
from typing import Callable, Dict, List, Optional

from lib import convert, register


@register
class Box:
    hooks = {List[int]: convert}

    items: List[int]
    other: List[str]


def f(x: Optional[int]) -> Dict[str, int]:
    # what is asked for here must stay equal to the annotations of the class
    return convert(x, List[str] == Optional[str])


def g(call: Callable[[], int], y: Dict[str, str]) -> Optional[int]:
    return convert(call, Callable)
# output
from typing import Callable, List, Optional

from lib import convert, register


@register
class Box:
    hooks = {List[int]: convert}

    items: List[int]
    other: List[str]


def f(x: int | None) -> dict[str, int]:
    # what is asked for here must stay equal to the annotations of the class
    return convert(x, List[str] == Optional[str])


def g(call: Callable[[], int], y: dict[str, str]) -> int | None:
    return convert(call, Callable)
