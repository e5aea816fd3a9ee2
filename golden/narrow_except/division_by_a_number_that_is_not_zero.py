# args: --unsafe
# path: shop.py
# skips: 4 N02-nothing
def half(part: int) -> float:
    try:
        return part / 2
    except Exception:
        return 0.0
