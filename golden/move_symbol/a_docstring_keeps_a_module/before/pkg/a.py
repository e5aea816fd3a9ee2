"""What is kept."""


def one():
    return 1
