# args: --target-version 3.10
# skips: 3 T13-value
from typing import List, Set

make = lambda kind=List, *, size=1: kind
a: Set[int] = set()
# output
from typing import List

make = lambda kind=List, *, size=1: kind
a: set[int] = set()
