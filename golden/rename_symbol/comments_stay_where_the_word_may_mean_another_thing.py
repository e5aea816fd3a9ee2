# args: --symbol mod.count_items --to tally_items
# path: mod.py
# skips: 5 S10-only-the-name
def count_items(items):
    return len(items)


# count_items is slow
def other(box):
    count_items = 1
    return count_items
# output
def tally_items(items):
    return len(items)


# count_items is slow
def other(box):
    count_items = 1
    return count_items
