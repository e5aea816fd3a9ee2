from .errors import *


def show(name: str | None = None) -> None:
    print(name)
