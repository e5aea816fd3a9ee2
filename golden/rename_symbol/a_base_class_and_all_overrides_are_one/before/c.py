from a import Base


class Third(Base):
    def load(self):
        return 3


def use(base: Base):
    return base.load()
