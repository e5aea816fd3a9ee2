# args: --function mod.send --parameter "log: bool = False"
# path: mod.py
from typing import overload


@overload
def send(text: str) -> str: ...
@overload
def send(text: bytes, size: int = ...) -> bytes: ...
def send(text, size=1):
    return text
# output
from typing import overload


@overload
def send(text: str, *, log: bool = ...) -> str: ...
@overload
def send(text: bytes, size: int = ..., *, log: bool = ...) -> bytes: ...
def send(text, size=1, *, log: bool = False):
    return text
