# args: --target-version 3.10
# skips: 3 T13-value
# skips: 7 T13-value
# skips: 9 T13-value
from typing import Dict, List, Optional

READERS = {List[int]: "ints", Optional[str]: "maybe"}


def read(kind, values: List[str]) -> Optional[int]:
    if kind == Dict[str, int]:
        return None
    return READERS.get(List[int])
# output
from typing import Dict, List, Optional

READERS = {List[int]: "ints", Optional[str]: "maybe"}


def read(kind, values: list[str]) -> int | None:
    if kind == Dict[str, int]:
        return None
    return READERS.get(List[int])
