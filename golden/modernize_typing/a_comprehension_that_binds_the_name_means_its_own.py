# args: --target-version 3.10
# skips: 1 T13-value
# skips: 1 T24-clash
from typing import List, Optional, cast


def all_of(kinds, value):
    return [cast(List[int], value) for List in kinds], [cast(List[int], value) for value in kinds]


def maybe(kinds: Optional[int], value):
    return {cast(Optional[int], value): 1 for a, Optional in kinds if cast(Optional[str], a)}
# output
from typing import List, Optional, cast


def all_of(kinds, value):
    return [cast(List[int], value) for List in kinds], [cast(list[int], value) for value in kinds]


def maybe(kinds: int | None, value):
    return {cast(Optional[int], value): 1 for a, Optional in kinds if cast(Optional[str], a)}
