# args: --unsafe
# path: shop.py
# skips: 4 N02-nothing
# suggest: 11
def total(first: int, second: int) -> int:
    try:
        return first + second * 2
    except Exception:
        return 0


def joined(first: str, second: str) -> str:
    try:
        return first.strip() + second.upper()
    except Exception:
        return ""
