# args: --target-version 3.11
from typing import List, NotRequired, Optional, TypedDict


class Movie(TypedDict):
    name: NotRequired[Optional[str]]
    after: NotRequired[Optional["Movie"]]
    cast: NotRequired[List[str]]
# output
from typing import NotRequired, TypedDict


class Movie(TypedDict):
    name: NotRequired[str | None]
    after: NotRequired["Movie | None"]
    cast: NotRequired[list[str]]
