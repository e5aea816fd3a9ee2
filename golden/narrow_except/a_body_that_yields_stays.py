# path: case.py
# skips: 8 N20-yields
from contextlib import contextmanager


@contextmanager
def quiet():
    try:
        yield
    except Exception:
        print("failed")
