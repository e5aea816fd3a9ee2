# args: --unsafe
# path: shop.py
def numbers(texts: list[str]) -> list[int]:
    found: list[int] = []
    for text in texts:
        try:
            found.append(int(text))
        except Exception:
            continue
    return found
# output
def numbers(texts: list[str]) -> list[int]:
    found: list[int] = []
    for text in texts:
        try:
            found.append(int(text))
        except ValueError:
            continue
    return found
