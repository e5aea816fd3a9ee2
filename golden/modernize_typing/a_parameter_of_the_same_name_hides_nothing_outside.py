# args: --target-version 3.10
from typing import Dict, List


def f(List: List[int], x: Dict[str, int]) -> List[str]: ...
# output
def f(List: list[int], x: dict[str, int]) -> list[str]: ...
