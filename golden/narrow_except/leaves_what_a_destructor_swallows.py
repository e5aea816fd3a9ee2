# args: --unsafe
# path: shop.py
# skips: 8 N16-cleanup
class Till:
    def __init__(self, coins: dict[str, int]) -> None:
        self.coins = coins

    def __del__(self) -> None:
        try:
            del self.coins["penny"]
        except Exception:
            pass
