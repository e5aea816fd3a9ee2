# args: --target-version 3.10
from __future__ import annotations

from typing import Optional


def f(a: Optional["Elsewhere"], b: "Elsewhere") -> None: ...
# output
from __future__ import annotations


def f(a: "Elsewhere | None", b: "Elsewhere") -> None: ...
