class Base:
    pass


class Other:
    pass
