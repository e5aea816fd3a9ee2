# args: --unsafe
# path: shop.py
def big(count: int) -> list[int]:
    if count > 1000:
        raise MemoryError("too many")
    return [count]


def length(count: int) -> int:
    try:
        return len(big(count))
    except Exception:
        return 0
# output
def big(count: int) -> list[int]:
    if count > 1000:
        raise MemoryError("too many")
    return [count]


def length(count: int) -> int:
    try:
        return len(big(count))
    except MemoryError:
        return 0
