# args: --symbol mod.Box.size --to length
# path: mod.py
class Box:
    __slots__ = ("size", "kind")

    def __init__(self, size):
        self.size = size

    def area(self):
        return self.size ** 2


class Pair:
    def __init__(self, size):
        self.size = size


def total(boxes, box: Box | None, pair: Pair):
    return getattr(box, "size") + pair.size + box.size
# output
class Box:
    __slots__ = ("length", "kind")

    def __init__(self, size):
        self.length = size

    def area(self):
        return self.length ** 2


class Pair:
    def __init__(self, size):
        self.size = size


def total(boxes, box: Box | None, pair: Pair):
    return getattr(box, "length") + pair.size + box.length
