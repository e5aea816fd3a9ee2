# args: --function mod.send --parameter log=False --value True
# path: mod.py
# skips: 6 P05-handed-on
def send(text, size=1):
    return text[:size]


def wrap(*args, **options):
    return send(*args, **options)


send(*"ab")
# output
def send(text, size=1, log=False):
    return text[:size]


def wrap(*args, **options):
    return send(*args, **options)


send(*"ab", log=True)
