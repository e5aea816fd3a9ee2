# args: --symbol mod.Text.cut --to trim
# path: mod.py
# skips: 7 S10-only-the-name
# unsafe: 2
class Text:
    def cut(self):
        return self


def run(some):
    return getattr(some, "cut", None)
