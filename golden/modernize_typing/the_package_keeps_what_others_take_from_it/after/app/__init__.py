from typing import Dict


def f(a: list[int]) -> int | None: ...
