from collections.abc import Callable
from typing import Union

from heavylib import Grid, Mesh


class Board:
    cells: dict["Cell", Union[Grid, Mesh]]

    def made(self) -> Callable[["Cell"], Union["Grid", "Mesh"]]: ...
    def together(self) -> "dict[Cell | None, Grid | None]": ...


class Cell: ...
