# args: --target-version 3.10
# skips: 12 T06-may-be-none
from typing import Optional

Driver = None


def load() -> None:
    global Driver
    from app import Driver


class Uses:
    def f(self, a: Optional[Driver]) -> None: ...
