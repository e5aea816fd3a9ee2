# args: --unsafe
# path: shop.py
# skips: 4 N12-plugin
def result(text: str) -> object:
    try:
        return eval(text)
    except Exception:
        return None
