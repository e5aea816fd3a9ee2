# args: --function mod.send --parameter log=False
# path: mod.py
# skips: 1 P01-taken
def send(text, **log):
    return text, log
