"""The options that the plan depends on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    symbol: tuple[str, ...]
    to: str
    all_of: str
    after: str
    before: str
    with_helpers: bool
    cycles: str
    leave_alias: bool
    docs: bool
