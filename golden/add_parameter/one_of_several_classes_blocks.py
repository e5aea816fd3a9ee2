# args: --function mod.A.load --parameter log=False --value True
# path: mod.py
# skips: 13 P11-one-of-several
class A:
    def load(self, path):
        return path


class B:
    def load(self, path):
        return path


def use(flag):
    thing = A() if flag else B()
    thing.load("a")
    A().load("b")
