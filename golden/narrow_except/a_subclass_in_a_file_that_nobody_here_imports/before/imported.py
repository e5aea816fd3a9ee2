from goods import Good as Base


class Foreign(Base):
    def price(self, text: str) -> int:
        raise OSError(text)
