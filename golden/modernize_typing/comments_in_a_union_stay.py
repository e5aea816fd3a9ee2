# args: --target-version 3.10
from typing import Dict, List, Optional, Union


def f(
    a: Union[  # either
        int,  # a number
        # or
        List[str],
        Dict[
            str,  # name
            int,
        ],
    ],
    b: Optional[
        str  # why
    ] = None,
) -> Union[
    int,
    str,
]: ...
# output
def f(
    a: (  # either
        int  # a number
        # or
        | list[str]
        | dict[
            str,  # name
            int,
        ]
    ),
    b: (
        str  # why
        | None
    ) = None,
) -> int | str: ...
