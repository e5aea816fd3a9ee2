# args: --symbol mod.Box.size --to length
# path: mod.py
class Box:
    @property
    def size(self):
        return self._size

    @size.setter
    def size(self, size):
        self._size = size

    twice = size


def grow(box: Box, size=1):
    box.size += size
    box.size = box.size + size
    del box.size
# output
class Box:
    @property
    def length(self):
        return self._size

    @length.setter
    def length(self, size):
        self._size = size

    twice = length


def grow(box: Box, size=1):
    box.length += size
    box.length = box.length + size
    del box.length
