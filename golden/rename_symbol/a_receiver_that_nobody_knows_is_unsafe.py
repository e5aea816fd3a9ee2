# args: --symbol mod.Cart.total --to sum_up
# path: mod.py
# skips: 7 S10-only-the-name
# unsafe: 2
class Cart:
    def total(self):
        return 1


def bill(cart):
    return cart.total()
