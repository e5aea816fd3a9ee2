class Box:
    def count(self, items):
        return 1
