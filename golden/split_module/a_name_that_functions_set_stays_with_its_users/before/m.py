DEBUG = False


def debug(on=True):
    global DEBUG
    DEBUG = on


def is_debug():
    return DEBUG
