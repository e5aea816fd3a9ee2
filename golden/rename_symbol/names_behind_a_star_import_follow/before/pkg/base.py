__all__ = ["other"]
__all__ += ["count"]


def count(items):
    return len(items)


def other():
    pass
