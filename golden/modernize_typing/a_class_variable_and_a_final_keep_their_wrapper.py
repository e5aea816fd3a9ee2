# args: --target-version 3.10
from typing import ClassVar, Dict, Final, Optional

LIMIT: Final[Optional[int]] = None


class Registry:
    known: ClassVar[Dict[str, Optional[int]]] = {}
    last: ClassVar[Optional["Registry"]] = None
# output
from typing import ClassVar, Final

LIMIT: Final[int | None] = None


class Registry:
    known: ClassVar[dict[str, int | None]] = {}
    last: ClassVar["Registry | None"] = None
