# args: --symbol 'mod.Base.load(size)' --to limit
# path: mod.py
# skips: 7 S10-only-the-name
class Base:
    def load(self, size, kind=""):
        """Load.

        Args:
            size: how much.
            kind: of what size.
        """
        return self.load(size=size)


class Sub(Base):
    def load(self, size, *, kind=""):
        """Load.

        Parameters
        ----------
        size : int
            How much.
        """
        return super().load(size=size, kind=kind)


class Other:
    def load(self, size):
        return size


def use(base: Base, other: Other):
    base.load(size=1)
    other.load(size=1)
# output
class Base:
    def load(self, limit, kind=""):
        """Load.

        Args:
            limit: how much.
            kind: of what size.
        """
        return self.load(limit=limit)


class Sub(Base):
    def load(self, limit, *, kind=""):
        """Load.

        Parameters
        ----------
        limit : int
            How much.
        """
        return super().load(limit=limit, kind=kind)


class Other:
    def load(self, size):
        return size


def use(base: Base, other: Other):
    base.load(limit=1)
    other.load(size=1)
