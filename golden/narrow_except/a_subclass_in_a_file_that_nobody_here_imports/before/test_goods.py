from goods import Good


class Fake(Good):
    def price(self, text: str) -> int:
        raise LookupError(text)
