from shop import Bill, Cart, Shop, carts


def run(items: list[Cart], bills: list[Bill], shop: Shop, things):
    shop["a"].sum_up()
    for item in items:
        item.sum_up()
    for bill in bills:
        bill.total()
    for cart in carts():
        cart.sum_up()
    found = [each.sum_up() for each in items]
    found += [each.total() for each in bills]
    found += [one.sum_up() for one in carts()]
    item = Cart()
    found += [item.total() for item in things]
    return found + [item.sum_up()]
