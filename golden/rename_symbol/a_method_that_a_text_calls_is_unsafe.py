# args: --symbol mod.Text.cut --to trim
# path: mod.py
# skips: 9 S10-only-the-name
# unsafe: 5
from operator import methodcaller


class Text:
    def cut(self):
        return self


call = methodcaller("cut")
