# args: --function mod.send --parameter log=False --value LEVEL
# path: mod.py
# skips: 9 P13-no-name
LEVEL = 1


def send(text):
    return text


def use(LEVEL):
    send("a")


send("b")
