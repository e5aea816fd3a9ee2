# args: --target-version 3.10
# skips: 5 T25-comment
from typing import Dict, Optional, Union


def f(
    a: Union[
        Optional[Dict[str, int  # how many
        ]],
        Optional[Dict[str, int  # how often
        ]],
    ],
    b: Optional[int],
) -> None: ...
# output
from typing import Dict, Optional, Union


def f(
    a: Union[
        Optional[Dict[str, int  # how many
        ]],
        Optional[Dict[str, int  # how often
        ]],
    ],
    b: int | None,
) -> None: ...
