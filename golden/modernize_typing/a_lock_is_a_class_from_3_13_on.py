# args: --target-version 3.13
# skips: 6 T07-function
import threading
from typing import Optional


def f(lock: Optional[threading.Lock]) -> None: ...
def g(lock: Optional[threading.RLock]) -> None: ...
# output
import threading
from typing import Optional


def f(lock: threading.Lock | None) -> None: ...
def g(lock: Optional[threading.RLock]) -> None: ...
