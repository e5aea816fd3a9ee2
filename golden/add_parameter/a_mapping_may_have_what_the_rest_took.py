# args: --function mod.send --parameter log=False
# path: mod.py
# unsafe: 1
def send(text, **rest):
    return text, rest


def use(options):
    send("a", **options)
