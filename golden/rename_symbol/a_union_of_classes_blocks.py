# args: --symbol mod.Cat.talk --to meow
# path: mod.py
# skips: 12 S11-one-of-several
class Cat:
    def talk(self):
        return 1


class Dog:
    def talk(self):
        return 2


def run(pet: Cat | Dog):
    return pet.talk()
