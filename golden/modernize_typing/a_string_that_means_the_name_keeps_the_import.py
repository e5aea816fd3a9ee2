# args: --target-version 3.11
# skips: 5 T22-kept
# skips: 6 T22-kept
# skips: 7 T22-kept
# skips: 8 T22-kept
# skips: 9 T22-kept
# skips: 10 T22-kept
# skips: 11 T22-kept
# skips: 12 T22-kept
import sys
from unittest.mock import patch

import pytest
from typing import Dict
from typing import FrozenSet
from typing import List
from typing import Optional
from typing import Set
from typing import Text
from typing import Tuple
from typing import Type

EXPORTS = ["Dict"]
__all__ = ["f"] + EXPORTS
TARGET = f"{__name__}.Text"


def f(a: Dict[str, int], b: FrozenSet[int], c: List[int], d: Optional[int]) -> None:
    getattr(sys.modules[__name__], "FrozenSet")
    eval("List[" + str(a) + "]")
    with patch("app.Optional"):
        globals()["Set"]


def g(a: Set[int], b: Text, c: Tuple[int, ...], d: Type[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.case.Tuple", tuple)
    check("Type[int]")
# output
import sys
from unittest.mock import patch

import pytest
from typing import Dict
from typing import FrozenSet
from typing import List
from typing import Optional
from typing import Set
from typing import Text
from typing import Tuple
from typing import Type

EXPORTS = ["Dict"]
__all__ = ["f"] + EXPORTS
TARGET = f"{__name__}.Text"


def f(a: dict[str, int], b: frozenset[int], c: list[int], d: int | None) -> None:
    getattr(sys.modules[__name__], "FrozenSet")
    eval("List[" + str(a) + "]")
    with patch("app.Optional"):
        globals()["Set"]


def g(a: set[int], b: str, c: tuple[int, ...], d: type[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.case.Tuple", tuple)
    check("Type[int]")
