class Base:
    pass


class Sub(Base):
    pass


class Third(Sub):
    pass
