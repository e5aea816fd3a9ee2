def base(x):
    return x + 1


def one(f=lambda: base(0)):
    return f()


ONE = one()
