from base import Missing
from store import Files


class Till:
    def __init__(self) -> None:
        self.files = Files()

    def price(self, name: str) -> str:
        try:
            return self.files.load(name)
        except Missing:
            return ""

    def first(self, names: list[str]) -> str:
        try:
            return self.files.first(names)
        except IndexError:
            return ""
