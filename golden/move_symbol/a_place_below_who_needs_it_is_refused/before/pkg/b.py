from pkg.a import Base


class Sub(Base):
    pass
