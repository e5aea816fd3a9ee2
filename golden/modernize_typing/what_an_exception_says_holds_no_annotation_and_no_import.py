# args: --target-version 3.10
from typing import List, Union


def first(names: List[int], other: Union[int, str]) -> int:
    if not names:
        raise ValueError(
            "use typing.List[int] or typing.Union[int, str]"
        )
    return names[0]
# output
def first(names: list[int], other: int | str) -> int:
    if not names:
        raise ValueError(
            "use typing.List[int] or typing.Union[int, str]"
        )
    return names[0]
