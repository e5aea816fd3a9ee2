# args: --function mod.send --parameter log=False --value True
# path: mod.py
# skips: 5 P14-has-it
def send(text, **more):
    return text, more


send("a", log=3)
send("b")
