def two():
    return 2


# at most one
def one():
    return 1
