# path: case.py
# skips: 4 N02-nothing
def same(value):
    try:
        return value
    except Exception:
        return None
