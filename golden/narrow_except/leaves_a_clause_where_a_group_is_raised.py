# args: --unsafe
# path: shop.py
# skips: 8 N08-group
def check() -> None:
    raise ExceptionGroup("several", [ValueError("a"), KeyError("b")])


def ok() -> bool:
    try:
        check()
    except Exception:
        return False
    return True
