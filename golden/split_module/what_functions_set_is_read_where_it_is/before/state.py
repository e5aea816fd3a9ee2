DEBUG = False
_seen = []


def debug(on=True):
    global DEBUG
    DEBUG = on


def is_debug():
    return DEBUG


def see(thing):
    _seen.append(thing)
