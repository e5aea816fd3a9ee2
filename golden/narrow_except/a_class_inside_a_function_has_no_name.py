# path: case.py
# skips: 14 N04-no-name
def outer(text):
    class Odd(Exception):
        pass

    def inner():
        raise Odd(text)

    return inner


def use(text):
    try:
        return later(text)
    except Exception:
        return None


def later(text):
    class Late(Exception):
        pass

    raise Late(text)
