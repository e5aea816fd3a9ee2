# args: --target-version 3.10
"""Docs."""

from __future__ import annotations

from typing import Iterable


def f(a: Iterable[int]) -> None: ...
# output
"""Docs."""

from __future__ import annotations

from collections.abc import Iterable


def f(a: Iterable[int]) -> None: ...
