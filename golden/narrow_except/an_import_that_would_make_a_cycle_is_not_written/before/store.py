import errors


def load(name: str) -> None:
    errors.fail(name)
