B = 0


def one():
    return 1
