from typing import Optional


def f(a: Optional[int], b: list[int]) -> None: ...
