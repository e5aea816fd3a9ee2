# args: --symbol mod.Speaker.talk --to speak
# path: mod.py
# skips: 9 S07-protocol
from typing import Protocol


class Speaker(Protocol):
    def talk(self) -> int: ...
    def rest(self) -> int: ...


class Cat:
    def talk(self):
        return 1

    def rest(self):
        return 2


class Dog:
    def talk(self):
        return 3
