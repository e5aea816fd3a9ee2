# args: --function mod.Base.load --parameter strict=False --value True --unsafe
# path: mod.py
# skips: 7 P05-handed-on
class Base:
    def load(self, path):
        return path


class Sub(Base):
    def load(self, path, **options):
        return super().load(path, **options)


Base().load("a")
Sub().load("a")
# output
class Base:
    def load(self, path, strict=False):
        return path


class Sub(Base):
    def load(self, path, **options):
        return super().load(path, **options)


Base().load("a", strict=True)
Sub().load("a", strict=True)
