# args: --unsafe
# path: shop.py
# skips: 11 N10-reraises
class Account:
    balance = 0

    def undo(self) -> None:
        self.balance = 0


def move(prices: dict[str, int], account: Account) -> None:
    try:
        account.balance += prices["apple"]
    except Exception:
        account.undo()
        with open("log.txt", "a") as log:
            log.write("undone")
            raise
