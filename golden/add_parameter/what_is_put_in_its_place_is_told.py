# args: --function mod.send --parameter log=False --value True
# path: mod.py
# skips: 10 P06-mock
import mod


def send(text):
    return text


def main():
    old = mod.send("a")
    mod.send = print
    return old
# output
import mod


def send(text, log=False):
    return text


def main():
    old = mod.send("a", log=True)
    mod.send = print
    return old
