def one():
    return __name__ == "__main__"


def two():
    return 2
