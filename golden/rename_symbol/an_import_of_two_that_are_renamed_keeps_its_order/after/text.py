def zeta():
    pass


def eta():
    pass


def iota():
    pass


def delta():
    pass
