class Missing(Exception):
    pass


class Store:
    def load(self, name: str) -> str:
        raise NotImplementedError

    def first(self, names: list[str]) -> str:
        return names[0]
