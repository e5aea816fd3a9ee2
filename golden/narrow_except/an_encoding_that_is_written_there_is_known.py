# args: --unsafe
# path: shop.py
def text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except Exception:
        return ""
# output
def text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError):
        return ""
