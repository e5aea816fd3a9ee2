# args: --unsafe
# path: shop.py
def text(data: bytes) -> str:
    try:
        return str(data, "utf-8")
    except Exception:
        return ""


def any_text(data: bytes, encoding: str) -> str:
    try:
        return str(data, encoding=encoding)
    except Exception:
        return ""


def shown(price) -> str:
    try:
        return f"{price:.2f}"
    except Exception:
        return ""
# output
def text(data: bytes) -> str:
    try:
        return str(data, "utf-8")
    except UnicodeDecodeError:
        return ""


def any_text(data: bytes, encoding: str) -> str:
    try:
        return str(data, encoding=encoding)
    except (LookupError, UnicodeDecodeError):
        return ""


def shown(price) -> str:
    try:
        return f"{price:.2f}"
    except ValueError:
        return ""
