# args: --symbol 'mod.cut(size)' --to limit --alias
# path: mod.py
# skips: 1 S06-no-alias
def cut(size):
    return size
