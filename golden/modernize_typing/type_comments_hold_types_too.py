# args: --target-version 3.10
from typing import Dict, List, Optional

names = {}  # type: Dict[str, List[int]]
found = None  # type: Optional[str]
other = names["a"]  # type: ignore[index]
# output
names = {}  # type: dict[str, list[int]]
found = None  # type: str | None
other = names["a"]  # type: ignore[index]
