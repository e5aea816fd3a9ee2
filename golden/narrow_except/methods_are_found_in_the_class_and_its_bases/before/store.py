from base import Missing, Store


class Files(Store):
    def load(self, name: str) -> str:
        raise Missing(name)
