from dataclasses import dataclass
from typing import Optional, Union

from app.check import check


@dataclass
class Model:
    name: Union[str, bytes]
    options: dict[str, int]

    parent: Optional["Model"] = None

    def find(self, key: str | None) -> int | str:
        found: int | None = None
        return check(found)


class Plain:
    name: str | None = None
