LIMIT = 3


def one():
    return LIMIT


def two():
    return 2


if __name__ == "__main__":
    import doctest

    doctest.testmod()
