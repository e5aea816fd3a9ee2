ONE = 1
TWO = 2
FOUR = 4


def run():
    return 1
