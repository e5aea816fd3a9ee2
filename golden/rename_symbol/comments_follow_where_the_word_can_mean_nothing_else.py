# args: --symbol mod.count_items --to tally_items
# path: mod.py
def count_items(items):
    """As `count_items([])` does."""
    return len(items)


# count_items is slow
# output
def tally_items(items):
    """As `tally_items([])` does."""
    return len(items)


# tally_items is slow
