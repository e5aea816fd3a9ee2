# args: --function mod.send --parameter "*, log=False"
# path: mod.py
def send(text, /):
    return text


def other(text):
    return send(text)
# output
def send(text, /, *, log=False):
    return text


def other(text):
    return send(text)
