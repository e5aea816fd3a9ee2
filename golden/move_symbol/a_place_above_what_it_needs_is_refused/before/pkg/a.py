from pkg.b import Base


class Sub(Base):
    pass


class Other:
    pass
