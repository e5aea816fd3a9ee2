# args: --target-version 3.11
from typing import Any, Dict, List, Set, Type, Union


def post(headers: Dict[str, str], kind: Type[Exception], data: Any) -> None:
    headers["Content-Type"] = data.content_type
    headers.setdefault("Type", headers.get("Content-Type") or data["Type"])
    print("Type: name", "List of (Dict)", f"{kind}: Set", ["Union", "Set-Cookie"], end="Set")
    raise ValueError("a Dict[str, int] is expected, no Union. Give a List of Set")


def g(a: List[int], b: Set[int], c: Union[int, str]) -> None: ...
# output
from typing import Any


def post(headers: dict[str, str], kind: type[Exception], data: Any) -> None:
    headers["Content-Type"] = data.content_type
    headers.setdefault("Type", headers.get("Content-Type") or data["Type"])
    print("Type: name", "List of (Dict)", f"{kind}: Set", ["Union", "Set-Cookie"], end="Set")
    raise ValueError("a Dict[str, int] is expected, no Union. Give a List of Set")


def g(a: list[int], b: set[int], c: int | str) -> None: ...
