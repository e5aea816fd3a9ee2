__all__ = ["other"]
__all__ += ["tally"]


def tally(items):
    return len(items)


def other():
    pass
