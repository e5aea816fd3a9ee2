import warehouse


def load(name: str) -> str:
    return warehouse.load(name)
