LIMIT: int = 3


def two():
    return LIMIT
