from pkg.a import limit

B = 0


class One:
    limit: int
    size = limit
    open: bool
