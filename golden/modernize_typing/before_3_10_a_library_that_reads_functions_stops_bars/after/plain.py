from __future__ import annotations


def current(token: str | None, scopes: list[str]) -> int | None: ...
