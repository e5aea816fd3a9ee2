LIMIT = 3


def one():
    return LIMIT


def two():
    return 2


if __name__ == "__main__":
    print(LIMIT)
    LIMIT = 4
    print(one())
