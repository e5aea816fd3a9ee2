# args: --symbol mod.count --to tally
# path: mod.py
# skips: 6 S10-only-the-name
# skips: 12 S10-only-the-name
def count():
    pass


def __getattr__(name):
    if name == "count":
        return count
    raise AttributeError(name)


def __dir__():
    return ["count"]
# output
def tally():
    pass


def __getattr__(name):
    if name == "count":
        return tally
    raise AttributeError(name)


def __dir__():
    return ["count"]
