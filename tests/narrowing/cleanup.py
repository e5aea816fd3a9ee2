"""Destructors, ends of with blocks, what runs when all is over."""


class Till:
    def __init__(self, coins: dict[str, int]) -> None:
        self.coins = coins

    def __enter__(self) -> "Till":
        return self

    def __exit__(self, *caught: object) -> None:
        try:
            del self.coins["penny"]
        except Exception:
            self.coins["closed"] = 1

    def __del__(self) -> None:
        try:
            self.coins["seen"] = 1
            del self.coins["pound"]
        except Exception:
            self.coins["gone"] = 1

    def close(self) -> int:
        try:
            return self.coins.pop("penny")
        except Exception:
            return 0


def left() -> list[str]:
    coins: dict[str, int] = {}
    with Till(coins):
        coins["dime"] = 1
    return sorted(coins)


def forgotten() -> list[str]:
    coins: dict[str, int] = {}
    till = Till(coins)
    del till
    return sorted(coins)


NARROWED = ["Till.close"]
ARRIVE = [
    ("KeyError", left),
    ("KeyError", forgotten),
    ("KeyError", lambda: Till({}).close()),
]
