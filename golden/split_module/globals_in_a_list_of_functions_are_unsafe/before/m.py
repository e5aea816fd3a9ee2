FORBIDDEN = {eval, globals, open}


def one(function):
    return function in FORBIDDEN


def two():
    return 2
