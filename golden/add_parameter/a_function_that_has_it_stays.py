# args: --function mod.send --parameter log=False --value True
# path: mod.py
# skips: 1 P14-has-it
def send(text, log=None):
    return text, log


send("a")
