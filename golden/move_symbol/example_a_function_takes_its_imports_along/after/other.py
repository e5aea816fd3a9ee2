from shop import short


def show():
    return short.shorten("x")
