# args: --function mod.send --parameter "late: Late = None"
# path: mod.py
# skips: 4 P13-no-name
annotations = {}


def send(text):
    return text


class Late:
    pass
