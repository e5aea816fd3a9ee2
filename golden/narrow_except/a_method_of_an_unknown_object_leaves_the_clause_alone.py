# args: --unsafe
# path: shop.py
# skips: 4 N01-unknown
def stock(store, text: str) -> int:
    try:
        return store.recount(int(text))
    except Exception:
        return 0
