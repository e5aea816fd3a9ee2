# args: --target-version 3.10
from typing import Any, Dict

TEMPLATE = """
from typing import List, Optional

def {name}(a: Optional[List[int]]) -> None: ...
"""
KINDS = {"Optional[str]": str, "kind": "List[int]"}


def emit(a: Dict[str, Any], kind: str = "Optional[str]") -> str:
    "Optional[str] is written here."
    exec("x: List[int] = []")
    return f"Set[{kind}]" + "Union[int, str]"
# output
from typing import Any

TEMPLATE = """
from typing import List, Optional

def {name}(a: Optional[List[int]]) -> None: ...
"""
KINDS = {"Optional[str]": str, "kind": "List[int]"}


def emit(a: dict[str, Any], kind: str = "Optional[str]") -> str:
    "Optional[str] is written here."
    exec("x: List[int] = []")
    return f"Set[{kind}]" + "Union[int, str]"
