current: int


def work():
    return current


def rest():
    return 0
