# args: --symbol mod.make(kind) --to size
# path: mod.py
# skips: 3 S02-taken
def make(kind):
    class Made:
        size = kind

    return Made
