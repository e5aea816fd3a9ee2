# args: --unsafe
# path: shop.py
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except Exception:

        def fail() -> None:
            raise RuntimeError

        print(fail)
        return 0
# output
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except KeyError:

        def fail() -> None:
            raise RuntimeError

        print(fail)
        return 0
