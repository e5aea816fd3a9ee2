# args: --unsafe
# path: shop.py
def told(words: list[str], prices: dict[str, int]) -> str:
    try:
        match words:
            case ["buy", name] if prices[name] > 3:
                return "dear"
    except Exception:
        return "none"
    return "cheap"
# output
def told(words: list[str], prices: dict[str, int]) -> str:
    try:
        match words:
            case ["buy", name] if prices[name] > 3:
                return "dear"
    except KeyError:
        return "none"
    return "cheap"
