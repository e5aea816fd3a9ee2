# args: --function mod.send --function mod.take --parameter "log: bool" --value False
# path: mod.py
def send(text, to):
    return text, to


def take(text, to=None):
    return text, to


send("a", "b")
take("a", "b")
take("a", to="b")
# output
def send(text, to, log: bool):
    return text, to


def take(text, to=None, *, log: bool):
    return text, to


send("a", "b", log=False)
take("a", "b", log=False)
take("a", to="b", log=False)
