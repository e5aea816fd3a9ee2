# args: --target-version 3.10
# skips: 21 T06-may-be-none
# skips: 25 T06-may-be-none
import threading
from typing import Dict, Optional, Union

try:
    from missing import Sandbox
except ImportError:
    Sandbox = None


def make(): ...


class Meta(type):
    def __or__(cls, other): ...


class Odd(metaclass=Meta): ...


class Runner:
    def __init__(self, box: Optional[Sandbox] = None):
        self._sandbox: Optional[Sandbox] = None
        local: Optional[Sandbox] = None
        class Inner:
            field: Optional[Sandbox] = None
        for key in "ab":
            self.locks[key]: Dict[str, Union[threading.Lock, make]] = {}
            odd: Union[Odd, "Later", None] = None
            with open(key):
                text: "Optional[Sandbox]" = None


class Later: ...
# output
import threading
from typing import Optional

try:
    from missing import Sandbox
except ImportError:
    Sandbox = None


def make(): ...


class Meta(type):
    def __or__(cls, other): ...


class Odd(metaclass=Meta): ...


class Runner:
    def __init__(self, box: Optional[Sandbox] = None):
        self._sandbox: Sandbox | None = None
        local: Sandbox | None = None
        class Inner:
            field: Optional[Sandbox] = None
        for key in "ab":
            self.locks[key]: dict[str, threading.Lock | make] = {}
            odd: Odd | Later | None = None
            with open(key):
                text: Sandbox | None = None


class Later: ...
