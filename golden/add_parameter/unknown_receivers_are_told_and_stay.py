# args: --function mod.A.load --parameter log=False --value True
# path: mod.py
# skips: 7 P10-only-its-name
class A:
    def load(self, path):
        return path


def use(thing):
    thing.load("a")
    A().load("b")
# output
class A:
    def load(self, path, log=False):
        return path


def use(thing):
    thing.load("a")
    A().load("b", log=True)
