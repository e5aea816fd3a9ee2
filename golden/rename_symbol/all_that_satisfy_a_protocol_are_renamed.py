# args: --symbol mod.Cat.talk --to speak --all-overrides
# path: mod.py
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


def use(speaker: Speaker):
    return speaker.talk()
# output
from typing import Protocol


class Speaker(Protocol):
    def speak(self) -> int: ...
    def rest(self) -> int: ...


class Cat:
    def speak(self):
        return 1

    def rest(self):
        return 2


class Dog:
    def talk(self):
        return 3


def use(speaker: Speaker):
    return speaker.speak()
