limit = 3


class One:
    limit: int
    size = limit
    open: bool
