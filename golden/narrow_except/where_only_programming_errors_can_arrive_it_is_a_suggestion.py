# args: --unsafe
# path: shop.py
# suggest: 10
def check(amount: int) -> None:
    if amount < 0:
        raise TypeError("an amount is not negative")
    assert amount < 1000


def pay(amount: int) -> str:
    try:
        check(amount)
    except Exception:
        return "refused"
    return "paid"
