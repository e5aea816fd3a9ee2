# args: --unsafe
# path: case.py
# skips: 11 N02-nothing
def inner(rows, key):
    try:
        return rows[key]
    except Exception:
        return None


def outer(rows, key):
    try:
        return inner(rows, key)
    except Exception:
        return 0
# output
def inner(rows, key):
    try:
        return rows[key]
    except (IndexError, KeyError):
        return None


def outer(rows, key):
    try:
        return inner(rows, key)
    except Exception:
        return 0
