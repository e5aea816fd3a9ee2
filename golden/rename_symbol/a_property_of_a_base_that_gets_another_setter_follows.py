# args: --symbol test_case.Box.size --to width
class Box:
    @property
    def size(self):
        return self._size

    @size.setter
    def size(self, value):
        self._size = value


class Even(Box):
    @Box.size.setter
    def size(self, value):
        self._size = value // 2 * 2


even = Even()
even.size = 3
even.size += 1
print(even.size)
# output
class Box:
    @property
    def width(self):
        return self._size

    @width.setter
    def width(self, value):
        self._size = value


class Even(Box):
    @Box.width.setter
    def width(self, value):
        self._size = value // 2 * 2


even = Even()
even.width = 3
even.width += 1
print(even.width)
