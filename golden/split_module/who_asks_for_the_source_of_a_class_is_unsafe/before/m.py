class One:
    pass


def two():
    return 2
