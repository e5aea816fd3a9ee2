# args: --symbol mod.Part --to Piece
# path: mod.py
# skips: 15 S10-only-the-name
# unsafe: 6
class Told:
    def __repr__(self):
        return f"<{self.__class__.__name__}>"


class Part(Told):
    pass


class Other:
    pass


def test_it():
    assert repr(Part()) == "<Part>"
