# args: --unsafe
# path: shop.py
# skips: 11 N16-cleanup
class Till:
    def __init__(self, coins: dict[str, int]) -> None:
        self.coins = coins

    async def __aenter__(self) -> "Till":
        return self

    async def __aexit__(self, *caught: object) -> None:
        try:
            del self.coins["penny"]
        except Exception:
            pass
