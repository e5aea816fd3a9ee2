class Missing(Exception):
    pass


def load(name: str) -> str:
    raise Missing(name)
