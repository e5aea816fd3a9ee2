from typing import Dict, Optional

from .base import Handler, Option, run

__all__ = ["Handler", "Option", "run"]

Table = Dict[str, int]

here = locals()
for name in __all__:
    setattr(here[name], "__module__", "app")


def find(name: str) -> Optional[Table]: ...
