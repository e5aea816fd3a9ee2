import functools
def singleton(cls):
    made = {}

    @functools.wraps(cls)
    def get(*args):
        return made.setdefault(cls, cls(*args))

    return get
def register(name):
    def inner(cls):
        return cls
    return inner
def named(name):
    def inner(cls):
        def make():
            return cls()
        return make
    return inner
def maybe(cls=None):
    def wrap(c):
        return c
    if cls is None:
        return wrap
    return wrap(cls)
