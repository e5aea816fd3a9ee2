class Holder:
    def __init__(self, x):
        self.x = x

    def run(self):
        return self.x.old()
