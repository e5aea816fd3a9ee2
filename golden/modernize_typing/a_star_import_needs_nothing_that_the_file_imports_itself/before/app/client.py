from typing import Optional

from .errors import *


def show(name: Optional[str] = None) -> None:
    print(name)
