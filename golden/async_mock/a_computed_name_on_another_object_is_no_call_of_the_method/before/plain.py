class Printer:
    def show(self, name):
        return getattr(self, name)()


class Shelf:
    def sort(self): ...
