# args: --symbol 'mod.load(size)' --to limit
# path: mod.py
# skips: 5 S02-taken
limit = 1


def load(size):
    return size + limit
