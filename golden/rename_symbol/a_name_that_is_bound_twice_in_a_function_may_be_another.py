# args: --symbol mod.count --to tally
# path: mod.py
# skips: 10 S10-only-the-name
def count():
    pass


def run(other):
    import mod

    if other:
        mod = other
    return mod.count()
# output
def tally():
    pass


def run(other):
    import mod

    if other:
        mod = other
    return mod.count()
