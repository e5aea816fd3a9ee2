# args: --symbol mod.Cat.talk --to speak --all-overrides
# path: mod.py
from typing import Optional, Union


class Cat:
    def talk(self):
        return 1


class Dog:
    def talk(self):
        return 2


class Cow:
    def talk(self):
        return 3


def run(pet: Union[Cat, Dog], cow: Optional[Cow]):
    return pet.talk() + cow.talk()
# output
from typing import Optional, Union


class Cat:
    def speak(self):
        return 1


class Dog:
    def speak(self):
        return 2


class Cow:
    def talk(self):
        return 3


def run(pet: Union[Cat, Dog], cow: Optional[Cow]):
    return pet.speak() + cow.talk()
