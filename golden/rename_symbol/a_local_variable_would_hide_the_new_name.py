# args: --symbol mod.count --to tally
# path: mod.py
# skips: 6 S02-taken
def count(items):
    return len(items)


def run(items):
    tally = 1
    return count(items) + tally
