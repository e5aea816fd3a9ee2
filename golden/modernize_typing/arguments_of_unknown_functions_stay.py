# args: --target-version 3.10
# skips: 6 T13-value
# skips: 11 T13-value
# skips: 12 T13-value
from typing import Dict, List, Optional

from app import injector, register


@register(List[int])
class Reader: ...


def f(kind=None):
    injector.get(Dict[str, str])
    return register(kind or Optional[int])
