def one():
    return 1


def two():
    return one() + 1


if __name__ == '__main__':
    two()
