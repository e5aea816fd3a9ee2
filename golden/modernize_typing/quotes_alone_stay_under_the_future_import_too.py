# args: --target-version 3.10
from __future__ import annotations

from typing import List, Literal


class A:
    other: "A"
    many: list["A"]

    def f(self, x: "A", y: List["A"], z: "Literal['A']", w: (int)) -> "list[A]":
        local: "A" = x
        return [local]
# output
from __future__ import annotations

from typing import Literal


class A:
    other: "A"
    many: list["A"]

    def f(self, x: "A", y: list[A], z: "Literal['A']", w: (int)) -> "list[A]":
        local: "A" = x
        return [local]
