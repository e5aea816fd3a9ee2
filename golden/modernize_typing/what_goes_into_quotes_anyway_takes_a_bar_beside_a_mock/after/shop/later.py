from __future__ import annotations

from collections.abc import Callable

from heavylib import Grid, Mesh


class Board:
    cells: dict[Cell, Grid | Mesh]

    def made(self) -> Callable[[Cell], Grid | None]: ...


class Cell: ...
