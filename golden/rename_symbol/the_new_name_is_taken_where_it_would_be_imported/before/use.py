from mod import count


def tally():
    return count([])
