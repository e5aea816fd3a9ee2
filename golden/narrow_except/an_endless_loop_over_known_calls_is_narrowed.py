# args: --unsafe
# path: shop.py
def first_known(prices: dict[int, str]) -> str:
    number = 0
    while True:
        number += 1
        try:
            return prices[number]
        except Exception:
            print("not", number)
# output
def first_known(prices: dict[int, str]) -> str:
    number = 0
    while True:
        number += 1
        try:
            return prices[number]
        except KeyError:
            print("not", number)
