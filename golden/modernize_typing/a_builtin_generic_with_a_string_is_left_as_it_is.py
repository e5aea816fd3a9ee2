# args: --target-version 3.10
from typing import Any


class Node:
    children: list["Node"]

    def all(self) -> dict[str, "Any"]: ...
