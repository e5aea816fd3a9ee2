# args: --symbol mod.cut --to trim
# path: mod.py
# skips: 11 S10-only-the-name
def cut(text):
    return text


class Plain:
    cut = staticmethod(
        cut
    )

    def use(self, other=cut):
        return other.cut(self.cut)


class Own:
    def cut(self):
        return 1

    again = cut
# output
def trim(text):
    return text


class Plain:
    cut = staticmethod(
        trim
    )

    def use(self, other=cut):
        return other.cut(self.cut)


class Own:
    def cut(self):
        return 1

    again = cut
