# args: --target-version 3.10
from typing import Dict, Iterable, List, Optional, Union


def find(names: Iterable[str], default: Optional[str] = None) -> Dict[str, List[int]]: ...


def convert(value: Union[int, str]) -> int: ...
# output
from collections.abc import Iterable


def find(names: Iterable[str], default: str | None = None) -> dict[str, list[int]]: ...


def convert(value: int | str) -> int: ...
