def base(x):
    return x + 1


def one():
    """One."""
    return base(0)


ONE = one()
