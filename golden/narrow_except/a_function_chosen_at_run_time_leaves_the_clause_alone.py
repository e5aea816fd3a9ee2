# args: --unsafe
# path: shop.py
# skips: 4 N01-unknown
def run(name: str) -> int:
    try:
        return globals()[name]()
    except Exception:
        return 0
