class Shelf:
    def take(self, name: str) -> str:
        raise KeyError(name)
