# args: --unsafe
# path: shop.py
def shelves(entries) -> list[str]:
    try:
        return [entry.name for entry in entries if entry.is_dir()]
    except Exception:
        return []
# output
def shelves(entries) -> list[str]:
    try:
        return [entry.name for entry in entries if entry.is_dir()]
    except OSError:
        return []
