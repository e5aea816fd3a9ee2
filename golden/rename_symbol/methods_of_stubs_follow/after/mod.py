class Box:
    def tally(self, items):
        return 1
