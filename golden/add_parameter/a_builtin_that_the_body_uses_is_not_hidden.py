# args: --function mod.send --parameter "format: str = ''"
# path: mod.py
# skips: 2 P01-taken
def send(text):
    return format(text, "x")
