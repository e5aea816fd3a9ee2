# args: --unsafe
# path: shop.py
def touch(path: str) -> bool:
    try:
        with open(path):
            pass
    except Exception:
        return False
    return True
# output
def touch(path: str) -> bool:
    try:
        with open(path):
            pass
    except (OSError, ValueError):
        return False
    return True
