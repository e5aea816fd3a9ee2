# args: --target-version 3.10
# skips: 1 T22-kept
# skips: 12 T13-value
from typing import Dict, List

TEMPLATE = "def f(x: Optional[int]) -> List[str]: ..."
DOC = "Optional[str]"
x: List[int] = []


def generate(name):
    """Makes `List[int]`.

    """
    exec("from typing import Dict", {"Dict": Dict, "t": "Dict[str, int]"})
    return f"{name}: Optional[Dict[str, int]]"
# output
from typing import Dict, List

TEMPLATE = "def f(x: Optional[int]) -> List[str]: ..."
DOC = "Optional[str]"
x: list[int] = []


def generate(name):
    """Makes `List[int]`.

    """
    exec("from typing import Dict", {"Dict": Dict, "t": "Dict[str, int]"})
    return f"{name}: Optional[Dict[str, int]]"
