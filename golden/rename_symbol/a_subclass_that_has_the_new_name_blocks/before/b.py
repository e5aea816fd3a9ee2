from a import Base


class Sub(Base):
    def fetch(self):
        return 2
