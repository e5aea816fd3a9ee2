# args: --target-version 3.10
# skips: 14 T06-may-be-none
# skips: 14 T06-may-be-none
from typing import List, Optional

try:
    from ssl import SSLContext
except ImportError:
    SSLContext = None

if __debug__:
    Driver = None
else:
    from app import Driver


def connect(context: Optional[SSLContext], driver: Optional[Driver], hosts: List[str]) -> None: ...
# output
from typing import Optional

try:
    from ssl import SSLContext
except ImportError:
    SSLContext = None

if __debug__:
    Driver = None
else:
    from app import Driver


def connect(context: Optional[SSLContext], driver: Optional[Driver], hosts: list[str]) -> None: ...
