# args: --symbol 'mod.load(size)' --to limit
# path: mod.py
# skips: 9 S10-only-the-name
def load(size):
    return size


def wrap(**options):
    return load(**options)


wrap(size=1)
# output
def load(limit):
    return limit


def wrap(**options):
    return load(**options)


wrap(size=1)
