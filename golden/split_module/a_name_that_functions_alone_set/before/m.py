def one():
    global x
    x = 1
    return x


def two():
    return one()
