def count():
    return 1


def _hidden():
    return 2


def plain():
    return 3


def other():
    return 4
