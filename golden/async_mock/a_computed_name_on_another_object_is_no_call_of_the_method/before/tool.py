import math
from pathlib import Path

from plain import Printer, Shelf


class Tool:
    def __init__(self):
        self.printer = Printer()

    def use(self, name, path: Path, shelf: Shelf):
        getattr(self.printer, name)()
        getattr(math, name)(1)
        getattr(path, name)()
        getattr(shelf, name)()
        getattr("text", name)()
        vars(shelf)[name]()
        return getattr(self, name)()
