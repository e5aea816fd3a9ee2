# args: --symbol mod.count --to tally
# path: mod.py
__all__ = sorted(["other", "count"])
__all__.extend(["count"])
__all__.append("count")


def count(items):
    return len(items)


def other(kind="plain"):
    pass
# output
__all__ = sorted(["other", "tally"])
__all__.extend(["tally"])
__all__.append("tally")


def tally(items):
    return len(items)


def other(kind="plain"):
    pass
