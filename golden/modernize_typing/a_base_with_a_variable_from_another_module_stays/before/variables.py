from typing import TypeVar

Row = TypeVar("Row")
