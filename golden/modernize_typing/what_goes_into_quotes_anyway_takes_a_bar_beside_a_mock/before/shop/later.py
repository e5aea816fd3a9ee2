from __future__ import annotations

from typing import Callable, Dict, Optional, Union

from heavylib import Grid, Mesh


class Board:
    cells: Dict["Cell", Union[Grid, "Mesh"]]

    def made(self) -> Callable[["Cell"], Optional["Grid"]]: ...


class Cell: ...
