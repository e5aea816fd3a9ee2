from a import Base


class Third(Base):
    def fetch(self):
        return 3


def use(base: Base):
    return base.fetch()
