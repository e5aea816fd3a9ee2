# args: --symbol mod.Part --to Piece
# path: mod.py
# skips: 2 S10-only-the-name
class Part:
    """A Part is one of several."""

    def __repr__(self):
        return f"<{self.__class__.__name__} {self}>"
# output
class Piece:
    """A Part is one of several."""

    def __repr__(self):
        return f"<{self.__class__.__name__} {self}>"
