# args: --symbol mod.A.load --to read
# path: mod.py
# skips: 13 S11-one-of-several
# skips: 15 S10-only-the-name
class A:
    def load(self):
        return 1


class B:
    def load(self):
        return 2


def use(flag, given=None):
    thing = A() if flag else B()
    thing.load()
    given = given or A()
    return given.load()
