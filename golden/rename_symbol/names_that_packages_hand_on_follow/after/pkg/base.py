def tally(items):
    return len(items)
