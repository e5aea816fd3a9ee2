import atexit


def zero():
    return 0


@atexit.register
def one():
    print(1)


@atexit.register
def two():
    print(2)
