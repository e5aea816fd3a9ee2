def base():
    return 0


def one():
    return base()


ONE = one()
