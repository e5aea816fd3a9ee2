# args: --target-version 3.10
# skips: 10 T13-value
# skips: 11 T13-value
# skips: 12 T13-value
# skips: 17 T13-value
from collections.abc import Mapping
from typing import Dict, List, Optional, Union

from library import TABLE, Signal, registry

Row = tuple[Optional[int], str]
Headers = Mapping[Union[str, bytes], str] | dict[str, Optional[str]]
Changed = Signal[List[int]]
Kind = type[Union[int, str]]
Registered = registry[List[bytes]]
Looked = TABLE[Dict[str, int]]
Passed = list[Optional[float]]
print(Passed)


def local():
    row = tuple[Optional[bytes], str]
    return row
# output
from collections.abc import Mapping
from typing import Dict, List, Optional

from library import TABLE, Signal, registry

Row = tuple[int | None, str]
Headers = Mapping[str | bytes, str] | dict[str, str | None]
Changed = Signal[list[int]]
Kind = type[int | str]
Registered = registry[List[bytes]]
Looked = TABLE[Dict[str, int]]
Passed = list[Optional[float]]
print(Passed)


def local():
    row = tuple[Optional[bytes], str]
    return row
