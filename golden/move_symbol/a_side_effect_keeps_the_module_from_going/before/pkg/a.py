import atexit


def one():
    return 1


atexit.register(one)
