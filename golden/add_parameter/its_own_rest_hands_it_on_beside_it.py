# args: --function mod.Sub.load --parameter log=False
# path: mod.py
class Base:
    def load(self, path):
        return path


class Sub(Base):
    def load(self, path, **rest):
        return super().load(path, **rest)
# output
class Base:
    def load(self, path, log=False):
        return path


class Sub(Base):
    def load(self, path, log=False, **rest):
        return super().load(path, **rest, log=log)
