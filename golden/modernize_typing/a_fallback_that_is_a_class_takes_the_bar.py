# args: --target-version 3.10
from typing import Any, Optional

try:
    from ssl import SSLContext
except ImportError:
    SSLContext = object

try:
    from fast import Reader
except ImportError:

    class Reader: ...


try:
    from lib import Thing
except ImportError:
    Thing = Any


def f(a: Optional[SSLContext], b: Optional[Reader], c: Optional[Thing]) -> None: ...
# output
from typing import Any

try:
    from ssl import SSLContext
except ImportError:
    SSLContext = object

try:
    from fast import Reader
except ImportError:

    class Reader: ...


try:
    from lib import Thing
except ImportError:
    Thing = Any


def f(a: SSLContext | None, b: Reader | None, c: Thing | None) -> None: ...
