__all__ = ["other"]


def tally(items):
    return len(items)


def other():
    pass
