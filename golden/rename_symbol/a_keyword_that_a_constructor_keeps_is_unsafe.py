# args: --symbol test_case.Box.size --to width --unsafe
class Box:
    size = 0

    def __init__(self, **given):
        for name, value in given.items():
            setattr(self, name, value)


class Bag:
    size = 0

    def __init__(self, size):
        self.size = size


print(Box(size=3).size, Bag(size=2).size)
# output
class Box:
    width = 0

    def __init__(self, **given):
        for name, value in given.items():
            setattr(self, name, value)


class Bag:
    size = 0

    def __init__(self, size):
        self.size = size


print(Box(width=3).width, Bag(size=2).size)
