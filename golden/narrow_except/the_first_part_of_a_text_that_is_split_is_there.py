# args: --unsafe
# path: shop.py
def first(text: str) -> int:
    try:
        return int(text.split(",")[0]) + int(text.rsplit(":", 1)[-1]) + int(text.partition("=")[2])
    except Exception:
        return -1


def second(text: str) -> int:
    try:
        return int(text.split(",")[1])
    except Exception:
        return -1


def word(text: str) -> int:
    try:
        return int(text.split()[0])
    except Exception:
        return -1
# output
def first(text: str) -> int:
    try:
        return int(text.split(",")[0]) + int(text.rsplit(":", 1)[-1]) + int(text.partition("=")[2])
    except ValueError:
        return -1


def second(text: str) -> int:
    try:
        return int(text.split(",")[1])
    except (IndexError, ValueError):
        return -1


def word(text: str) -> int:
    try:
        return int(text.split()[0])
    except (IndexError, ValueError):
        return -1
