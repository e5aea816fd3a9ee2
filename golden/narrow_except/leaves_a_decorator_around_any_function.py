# args: --unsafe
# path: shop.py
# skips: 9 N11-callback
import functools


def quiet(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        try:
            return func(*args, **kwargs)
        except Exception:
            return None

    return wrapper
