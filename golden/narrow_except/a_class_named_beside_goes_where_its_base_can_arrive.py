# args: --unsafe
# path: shop.py
def read(name: str) -> str:
    try:
        with open(name) as file:
            return file.read()
    except (FileNotFoundError, Exception):
        return ""
# output
def read(name: str) -> str:
    try:
        with open(name) as file:
            return file.read()
    except (OSError, ValueError):
        return ""
