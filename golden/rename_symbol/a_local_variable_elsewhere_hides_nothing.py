# args: --symbol mod.count --to tally
# path: mod.py
def count(items):
    return len(items)


def run(items):
    tally = 1
    return tally


def walk(items):
    return count(items)
# output
def tally(items):
    return len(items)


def run(items):
    tally = 1
    return tally


def walk(items):
    return tally(items)
