from shop import Shop, make

cart = make()
print(cart.sum_up(), make().copy().sum_up(), Shop().cart.sum_up(), Shop().first.sum_up())


class Bill:
    def total(self):
        return Bill().total()


def show(anything):
    return anything.total()
