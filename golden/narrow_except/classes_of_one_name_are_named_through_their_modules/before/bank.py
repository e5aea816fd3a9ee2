class Failed(Exception):
    pass


def pay(name: str) -> str:
    raise Failed(name)
