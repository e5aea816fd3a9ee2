# args: --symbol mod.Box.size --to length
# path: mod.py
# skips: 6 S10-only-the-name
class Box:
    __match_args__ = ("size", "kind")

    def __init__(self, size):
        self.size = size
        self.kind = "size"[:1]


def show(box: Box):
    match box:
        case Box(1, kind="a"):
            return box.size
        case Box(size=2):
            return 2
# output
class Box:
    __match_args__ = ("length", "kind")

    def __init__(self, size):
        self.length = size
        self.kind = "size"[:1]


def show(box: Box):
    match box:
        case Box(1, kind="a"):
            return box.length
        case Box(length=2):
            return 2
