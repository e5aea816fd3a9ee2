# args: --symbol mod.count --to tally
# path: mod.py
# skips: 5 S02-taken
def count(items):
    return len(items)


def tally():
    return count([])
