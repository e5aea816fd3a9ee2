def base(x):
    return x + 1


one = lambda: base(0)
ONE = one()
