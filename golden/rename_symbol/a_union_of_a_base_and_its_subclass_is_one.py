# args: --symbol mod.Cat.talk --to meow
# path: mod.py
class Cat:
    def talk(self):
        return 1


class Lion(Cat):
    pass


def run(pet: Cat | Lion | None):
    return pet.talk()
# output
class Cat:
    def meow(self):
        return 1


class Lion(Cat):
    pass


def run(pet: Cat | Lion | None):
    return pet.meow()
