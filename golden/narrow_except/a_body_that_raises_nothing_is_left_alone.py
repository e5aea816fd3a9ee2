# args: --unsafe
# path: shop.py
# skips: 4 N02-nothing
def label(name: str) -> str:
    try:
        text = name
    except Exception:
        text = ""
    return text
