# args: --function mod.send --parameter log=False
# path: mod.py
# skips: 9 P04-passed
# unsafe: 5
from functools import singledispatch


@singledispatch
def send(text):
    return text


@send.register
def _(text: int):
    return text
