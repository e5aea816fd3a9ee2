PUBLIC = {"ones": ["one"], "twos": ["two"]}
__all__ = sorted(name for names in PUBLIC.values() for name in names)


def one():
    return 1


def two():
    return 2
