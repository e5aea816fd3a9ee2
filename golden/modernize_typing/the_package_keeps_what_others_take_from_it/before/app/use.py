from . import Dict


def g(a: Dict[str, int]) -> None: ...
