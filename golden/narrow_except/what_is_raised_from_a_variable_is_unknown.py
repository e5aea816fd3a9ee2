# args: --unsafe
# path: shop.py
# skips: 8 N01-unknown
def fail(error) -> None:
    raise error


def ok(error) -> bool:
    try:
        fail(error)
    except Exception:
        return False
    return True
