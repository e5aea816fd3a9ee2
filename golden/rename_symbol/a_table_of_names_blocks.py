# args: --symbol mod.count --to tally
# path: mod.py
# skips: 5 S11-one-of-several
def count():
    pass


globals()["count"]()
