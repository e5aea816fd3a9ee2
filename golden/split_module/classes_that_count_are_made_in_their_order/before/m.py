import itertools

numbers = itertools.count()


class First:
    number = next(numbers)


class Second:
    number = next(numbers)


def one():
    return Second
