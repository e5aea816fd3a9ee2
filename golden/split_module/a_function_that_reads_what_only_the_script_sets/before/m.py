def one():
    return verbose


def two():
    return 2


if __name__ == "__main__":
    verbose = True
    print(one())
