# args: --function mod.send --parameter log=False
# path: mod.py
def log(text):
    print(text)


def send(text=log, *, more=1):
    def inner(log):
        return log

    return [log for log in text], lambda log: log, inner
# output
def log(text):
    print(text)


def send(text=log, *, more=1, log=False):
    def inner(log):
        return log

    return [log for log in text], lambda log: log, inner
