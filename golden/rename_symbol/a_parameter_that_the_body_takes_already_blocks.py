# args: --symbol 'mod.load(size)' --to limit
# path: mod.py
# skips: 2 S02-taken
def load(size):
    limit = 1
    return size + limit
