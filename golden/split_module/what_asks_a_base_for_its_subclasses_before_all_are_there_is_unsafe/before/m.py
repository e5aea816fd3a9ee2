class Base:
    pass


class Card(Base):
    pass


KINDS = [c.__name__ for c in Base.__subclasses__()]
