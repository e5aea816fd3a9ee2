import a


class Middle(a.Base):
    pass
