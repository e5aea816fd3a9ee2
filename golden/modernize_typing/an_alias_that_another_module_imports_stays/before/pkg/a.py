from .compat import L


def first(items: L[int]) -> int:
    return items[0]
