class Error(Exception):
    pass


def one():
    raise Error


def two():
    return one


TWO = two()
