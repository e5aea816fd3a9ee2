# args: --unsafe
# path: shop.py
# suggest: 6
def label(name: str, names: list[str]) -> str:
    try:
        if isinstance(name, str) and name in names:
            return name.strip().upper()
        return str(len(names))
    except Exception:
        return ""
