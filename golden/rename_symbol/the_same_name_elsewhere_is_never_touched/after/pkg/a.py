def tally():
    pass
