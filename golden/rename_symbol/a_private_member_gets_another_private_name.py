# args: --symbol mod.Box.__size --to __length
# path: mod.py
class Box:
    def __init__(self):
        self.__size = 1

    def get(self, __size):
        return self.__size


class Bag:
    def get(self):
        return self.__size
# output
class Box:
    def __init__(self):
        self.__length = 1

    def get(self, __size):
        return self.__length


class Bag:
    def get(self):
        return self.__size
