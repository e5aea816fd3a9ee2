from b import Middle


class Leaf(Middle):
    def fetch(self):
        return super().fetch() + Middle.fetch(self)


class Lonely:
    def load(self):
        return 1
