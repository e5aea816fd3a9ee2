# args: --symbol 'mod.load(size)' --to limit
# path: mod.py
# skips: 6 S10-only-the-name
def load(size):
    return size


def run(function):
    return function(size=1), dict(size=2)
# output
def load(limit):
    return limit


def run(function):
    return function(size=1), dict(size=2)
