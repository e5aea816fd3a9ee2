# args: --symbol mod.Text.cut --to trim
# path: mod.py
# skips: 7 S10-only-the-name
# unsafe: 2
class Text:
    def cut(self):
        return self


def run(kind):
    return getattr(Text(), f"{kind}_cut", None), getattr(Text(), f"{kind}.cut")
