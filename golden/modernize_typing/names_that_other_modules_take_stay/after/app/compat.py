from typing import Any, Dict, List, Optional, Union


def f(a: list[int], b: dict[str, Any] | None, c: int | str, d: set[int]) -> None: ...
