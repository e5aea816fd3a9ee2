__all__ = ["other"]


def count(items):
    return len(items)


def other():
    pass
