LIMIT = 3


def one():
    global LIMIT
    LIMIT += 1


def two():
    return 2


if __name__ == "__main__":
    one()
    print(LIMIT)
