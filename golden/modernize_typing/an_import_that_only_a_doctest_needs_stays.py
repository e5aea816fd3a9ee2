# args: --target-version 3.10
# skips: 1 T22-kept
from typing import Dict, List


def f(a: Dict[str, int]) -> None:
    """Do it.

    >>> xs: List[int] = []
    >>> f({})
    """
# output
from typing import List


def f(a: dict[str, int]) -> None:
    """Do it.

    >>> xs: List[int] = []
    >>> f({})
    """
