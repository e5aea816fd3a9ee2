from . import compat


def f(a: compat.Dict[str, int]) -> None: ...
