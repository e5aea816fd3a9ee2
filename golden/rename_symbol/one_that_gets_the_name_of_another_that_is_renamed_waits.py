# args: --map mod.first=second --map mod.second=third
# path: mod.py
# skips: 1 S02-taken
# skips: 5 S02-taken
# skips: 5 S02-taken
def first():
    return 1


def second():
    return first()
