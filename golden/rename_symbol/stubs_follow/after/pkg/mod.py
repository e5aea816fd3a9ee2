def tally(items):
    return 1
