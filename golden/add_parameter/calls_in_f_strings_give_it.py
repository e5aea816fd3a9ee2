# args: --function mod.send --function mod.Text.load --parameter log=False --value True
# path: mod.py
from functools import partial


def send(text):
    return text


class Text:
    def load(self, path):
        return path


text = Text()
print(f"{send('a')} and {send('b')!r:>{len(send('c'))}}" f"{partial(send)('a')}")
print(
    f"""
    {text.load("a")} send
    é {send('a') + send('a', )}
    """
)
# output
from functools import partial


def send(text, log=False):
    return text


class Text:
    def load(self, path, log=False):
        return path


text = Text()
print(f"{send('a', log=True)} and {send('b', log=True)!r:>{len(send('c', log=True))}}" f"{partial(send, log=True)('a')}")
print(
    f"""
    {text.load("a", log=True)} send
    é {send('a', log=True) + send('a', log=True)}
    """
)
