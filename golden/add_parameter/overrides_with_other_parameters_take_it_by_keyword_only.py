# args: --function mod.Base.load --parameter strict=False
# path: mod.py
class Base:
    def load(self, path):
        return path


class Sub(Base):
    def load(self, path, size=1):
        return path[:size]
# output
class Base:
    def load(self, path, *, strict=False):
        return path


class Sub(Base):
    def load(self, path, size=1, *, strict=False):
        return path[:size]
