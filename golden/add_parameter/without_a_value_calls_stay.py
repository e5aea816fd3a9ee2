# args: --function mod.A.load --parameter log=False
# path: mod.py
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
    A().load("b")
