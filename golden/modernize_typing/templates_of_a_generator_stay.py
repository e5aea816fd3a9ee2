# args: --target-version 3.10
from typing import Any

HEADER = "from typing import Dict, List, Optional"
KINDS = {"maybe": "Optional[str]", "List[int]": list}


def emit(name: str, kind: str = "Union[int, str]") -> Any:
    """Give Optional[str] back."""
    yield f"def {name}(a: Optional[{kind}]) -> Dict[str, int]: ..."
