# args: --unsafe
# path: shop.py
# skips: 8 N01-unknown
# skips: 15 N01-unknown
import warehouse


class Store(warehouse.Store):
    def price(self, name: str) -> int:
        try:
            return self.load(name)
        except Exception:
            return 0


def first(store: Store) -> int:
    try:
        return store.count
    except Exception:
        return 0
