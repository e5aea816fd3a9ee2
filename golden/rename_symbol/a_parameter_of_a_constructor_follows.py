# args: --symbol 'mod.Box(size)' --to limit
# path: mod.py
class Box:
    def __init__(self, size):
        self.size = size


class Sub(Box):
    def __init__(self):
        super().__init__(size=1)
        Box.__init__(self, size=2)


Box(size=3).size
# output
class Box:
    def __init__(self, limit):
        self.size = limit


class Sub(Box):
    def __init__(self):
        super().__init__(limit=1)
        Box.__init__(self, limit=2)


Box(limit=3).size
