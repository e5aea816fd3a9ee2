# args: --symbol mod.count --to len
# path: mod.py
# skips: 2 S02-taken
def count(items):
    return len(items)
