# args: --target-version 3.10
# skips: 2 T24-clash
try:
    from typing import Counter
except ImportError:
    Counter = dict


def f(a: Counter[str]) -> None: ...
