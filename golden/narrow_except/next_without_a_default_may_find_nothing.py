# args: --unsafe
# path: shop.py
def first(names: list[str]) -> str:
    found = iter(names)
    try:
        return next(found)
    except Exception:
        return ""
# output
def first(names: list[str]) -> str:
    found = iter(names)
    try:
        return next(found)
    except StopIteration:
        return ""
