from dataclasses import dataclass
from typing import Dict, Optional, Union

from app.check import check


@dataclass
class Model:
    name: Union[str, bytes]
    options: Dict[str, int]

    parent: Optional["Model"] = None

    def find(self, key: Optional[str]) -> Union[int, str]:
        found: Optional[int] = None
        return check(found)


class Plain:
    name: Optional[str] = None
