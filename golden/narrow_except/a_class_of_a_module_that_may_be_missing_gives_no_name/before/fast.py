class Lost(Exception):
    pass


def load(name: str) -> int:
    raise Lost(name)
