# args: --unsafe --raises odd.fetch=odd.Gone,ValueError --raises int=OSError
# path: case.py
import odd


def ask(key):
    try:
        return odd.fetch(key)
    except Exception:
        return None


def number(text: str):
    try:
        return int(text)
    except Exception:
        return None
# output
import odd


def ask(key):
    try:
        return odd.fetch(key)
    except (ValueError, odd.Gone):
        return None


def number(text: str):
    try:
        return int(text)
    except OSError:
        return None
