from __future__ import annotations

from dataclasses import InitVar, dataclass


def value():
    return 1


from typing import ClassVar

Own = InitVar


@dataclass
class Point:
    given: InitVar[int]
    size: ClassVar[int] = 2
    own: Own[int] = 3
