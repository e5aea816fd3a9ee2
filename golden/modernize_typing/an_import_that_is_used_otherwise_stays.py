# args: --target-version 3.10
# skips: 2 T13-value
import typing
from typing import Any, Optional, Union

KINDS = (typing.Any, Union)


def f(a: Optional[Any]) -> None: ...
# output
import typing
from typing import Any, Union

KINDS = (typing.Any, Union)


def f(a: Any | None) -> None: ...
