# args: --target-version 3.10
# skips: 1 T22-kept
from typing import Any, Dict, Set

TEMPLATE = """
from typing import List, Optional

def {name}(a: Optional[List[int]]) -> None: ...
"""
KINDS = {"Optional[str]": str, "kind": "List[int]"}


def emit(a: Dict[str, Any], b: Set[int], kind: str = "Optional[str]") -> str:
    "Optional[str] and Set[int] are written here."
    exec("x: List[int] = []")
    return f"Dict[str, {kind}]" + "Union[int, str]"
# output
from typing import Any, Dict

TEMPLATE = """
from typing import List, Optional

def {name}(a: Optional[List[int]]) -> None: ...
"""
KINDS = {"Optional[str]": str, "kind": "List[int]"}


def emit(a: dict[str, Any], b: set[int], kind: str = "Optional[str]") -> str:
    "Optional[str] and Set[int] are written here."
    exec("x: List[int] = []")
    return f"Dict[str, {kind}]" + "Union[int, str]"
