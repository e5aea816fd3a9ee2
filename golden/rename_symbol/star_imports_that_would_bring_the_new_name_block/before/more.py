def tally():
    return 9
