# args: --unsafe
# path: case.py
def number(text: str):
    try:
        return int(text)
    except Exception:
        return None
# output
def number(text: str):
    try:
        return int(text)
    except ValueError:
        return None
