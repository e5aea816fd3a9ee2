def one():
    return 1


def two():
    return one() + 1


def __getattr__(name):
    if name == 'old':
        globals()[name] = two
        return two
    raise AttributeError(name)
