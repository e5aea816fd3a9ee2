# args: --unsafe
# path: shop.py
# skips: 4 N02-nothing
def pair(left: str, right: str) -> str:
    try:
        first, second = left, right
    except Exception:
        return ""
    return first + second
