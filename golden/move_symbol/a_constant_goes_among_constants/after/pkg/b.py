ONE = 1
TWO = 2
THREE = 3
FOUR = 4


def run():
    return 1
