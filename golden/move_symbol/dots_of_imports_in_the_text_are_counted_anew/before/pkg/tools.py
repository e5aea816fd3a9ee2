hammer = nail = 1


def hit(a, b):
    return a + b
