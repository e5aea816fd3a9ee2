# args: --map test_case.Box.size=width --map test_case.Bag.length=width --map 'test_case.one(a)=c' --map 'test_case.two(b)=c'
class Box:
    def size(self):
        return 1


class Bag:
    def length(self):
        return 1


def one(a):
    return a


def two(b):
    return b
# output
class Box:
    def width(self):
        return 1


class Bag:
    def width(self):
        return 1


def one(c):
    return c


def two(c):
    return c
