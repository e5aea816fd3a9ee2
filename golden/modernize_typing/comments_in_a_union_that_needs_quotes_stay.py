# args: --target-version 3.10
# skips: 6 T01-string
from typing import Union


class Node:
    def f(
        self, a: Union[  # either
            "Node",  # this
            int,
        ],
    ) -> None: ...
