COUNTED = []


def number():
    COUNTED.append(1)
    return len(COUNTED)


def first(at=number()):
    return at


def second(at=number()):
    return at
