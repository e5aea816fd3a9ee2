# args: --unsafe
# path: shop.py
def pair(words: list[str]) -> str:
    try:
        first, second = words
    except Exception:
        return ""
    return first + second
# output
def pair(words: list[str]) -> str:
    try:
        first, second = words
    except ValueError:
        return ""
    return first + second
