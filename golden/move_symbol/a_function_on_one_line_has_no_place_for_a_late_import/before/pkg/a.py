def base(x):
    return x + 1


def one(
    x=0): return base(x)


ONE = one()
