# args: --function mod.send --parameter "level=LEVEL"
# path: mod.py
# skips: 1 P13-no-name
def send(text):
    return text


LEVEL = 1
