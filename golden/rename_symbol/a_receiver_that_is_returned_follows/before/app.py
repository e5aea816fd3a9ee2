from shop import Shop, make

cart = make()
print(cart.total(), make().copy().total(), Shop().cart.total(), Shop().first.total())


class Bill:
    def total(self):
        return Bill().total()


def show(anything):
    return anything.total()
