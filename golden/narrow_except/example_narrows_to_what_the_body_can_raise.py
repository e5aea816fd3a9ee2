# args: --unsafe
# path: shop.py
def port(text: str) -> int:
    try:
        return int(text)
    except Exception:
        return 0
# output
def port(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0
