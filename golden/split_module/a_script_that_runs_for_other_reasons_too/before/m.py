def one():
    return 1


def two():
    return 2


if one() or __name__ == "__main__":
    print(one())
