# args: --symbol mod.Cat.talk --to meow
# path: mod.py
# skips: 16 S11-one-of-several
class Cat:
    def talk(self):
        return 1


class Dog:
    def talk(self):
        return 2


def run(kind):
    if kind:
        pet = Cat()
    else:
        pet = Dog()
    return pet.talk()
