import sys

LIMIT = 3


def one():
    return LIMIT, sys.argv


def two():
    return 2


if __name__ == "__main__":
    import sys

    LIMIT = 4
    print(one())
