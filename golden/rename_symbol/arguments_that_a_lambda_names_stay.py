# args: --symbol 'mod.load(size)' --to limit
# path: mod.py
def load(size):
    return [(lambda size: size)(1), {size for size in [1]}, size]


def other(size):
    return load(size)
# output
def load(limit):
    return [(lambda size: size)(1), {size for size in [1]}, limit]


def other(size):
    return load(size)
