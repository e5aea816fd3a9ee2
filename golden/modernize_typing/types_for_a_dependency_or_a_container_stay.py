# args: --target-version 3.10
# skips: 6 T13-value
# skips: 7 T13-value
from typing import Dict, List

from app import Depends, container


def f(a=Depends(List[int])):
    return container.resolve(Dict[str, int])
