ONE = 1


class Base:
    pass
