def count():
    pass


class Box:
    def count(self):
        return self.count()
