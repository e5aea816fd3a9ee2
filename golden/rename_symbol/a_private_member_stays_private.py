# args: --symbol mod.Box.__size --to size
# path: mod.py
# skips: 3 S04-convention
class Box:
    def __init__(self):
        self.__size = 1

    def get(self):
        return self.__size
