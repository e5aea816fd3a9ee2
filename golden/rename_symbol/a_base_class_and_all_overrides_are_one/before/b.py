from a import Base


class Sub(Base):
    def load(self):
        return 1


class Other:
    def load(self):
        return 2
