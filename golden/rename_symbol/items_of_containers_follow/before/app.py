from shop import Bill, Cart, Shop, carts


def run(items: list[Cart], bills: list[Bill], shop: Shop, things):
    shop["a"].total()
    for item in items:
        item.total()
    for bill in bills:
        bill.total()
    for cart in carts():
        cart.total()
    found = [each.total() for each in items]
    found += [each.total() for each in bills]
    found += [one.total() for one in carts()]
    item = Cart()
    found += [item.total() for item in things]
    return found + [item.total()]
