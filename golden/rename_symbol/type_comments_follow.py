# args: --symbol shop.Cart --to Basket
# path: shop.py
class Cart:
    pass


found = None  # type: Cart
# output
class Basket:
    pass


found = None  # type: Basket
