class Base:
    def fetch(self):
        return 1
