class Failed(Exception):
    pass


def load(name: str) -> str:
    raise Failed(name)
