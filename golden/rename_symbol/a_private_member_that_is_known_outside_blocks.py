# args: --map test_case.Box.__size=__width --map test_case.Box.__depth=__height
# skips: 13 S08-keys
# skips: 14 S08-keys
class Box:
    def __init__(self):
        self.__size = 1
        self.__depth = 2

    def size(self):
        return self.__size + self.__depth  # _Box__depth


box = Box()
print(box.size())

print(box._Box__size)
print(getattr(box, "_Box__size"))
# output
class Box:
    def __init__(self):
        self.__size = 1
        self.__height = 2

    def size(self):
        return self.__size + self.__height  # _Box__depth


box = Box()
print(box.size())

print(box._Box__size)
print(getattr(box, "_Box__size"))
