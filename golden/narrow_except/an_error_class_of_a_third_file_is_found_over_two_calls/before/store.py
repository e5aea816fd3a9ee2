import errors


def load(name: str) -> str:
    if not name:
        raise errors.Missing(name)
    return name


def load_twice(name: str) -> str:
    return load(name) + load(name)
