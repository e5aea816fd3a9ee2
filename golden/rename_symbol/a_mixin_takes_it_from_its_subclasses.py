# args: --symbol mod.Base.load --to fetch
# path: mod.py
class Base:
    def load(self):
        return 1


class Mixin:
    def twice(self):
        return self.load() * 2


class Both(Mixin, Base):
    pass
# output
class Base:
    def fetch(self):
        return 1


class Mixin:
    def twice(self):
        return self.fetch() * 2


class Both(Mixin, Base):
    pass
