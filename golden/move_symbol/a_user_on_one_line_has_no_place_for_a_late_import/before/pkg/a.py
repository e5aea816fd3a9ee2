def base(x):
    return x + 1


def one():
    return 1
