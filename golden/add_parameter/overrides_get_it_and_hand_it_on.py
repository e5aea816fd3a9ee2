# args: --function mod.Sub.load --parameter "strict: bool = False" --value True
# path: mod.py
class Base:
    def load(self, path):
        return path


class Sub(Base):
    def load(self, path):
        return super().load(path)


class Leaf(Sub):
    def load(self, path):
        if path:
            return self.load(path[1:])
        return [super(Leaf, self).load(p) for p in path], Sub.load(self, path)


class Other:
    def load(self, path):
        return path


def use(base: Base, leaf: Leaf, other: Other):
    base.load("a")
    leaf.load("b")
    other.load("c")
# output
class Base:
    def load(self, path, strict: bool = False):
        return path


class Sub(Base):
    def load(self, path, strict: bool = False):
        return super().load(path, strict=strict)


class Leaf(Sub):
    def load(self, path, strict: bool = False):
        if path:
            return self.load(path[1:], strict=strict)
        return [super(Leaf, self).load(p, strict=strict) for p in path], Sub.load(self, path, strict=strict)


class Other:
    def load(self, path):
        return path


def use(base: Base, leaf: Leaf, other: Other):
    base.load("a", strict=True)
    leaf.load("b", strict=True)
    other.load("c")
