# args: --symbol mod.count --to tally
# path: mod.py
# skips: 6 S02-taken
def count(items):
    return 0


def run(items):
    return [count(tally) for tally in items]
