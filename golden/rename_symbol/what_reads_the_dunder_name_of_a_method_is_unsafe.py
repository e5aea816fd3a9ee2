# args: --symbol mod.Text.cut --to trim
# path: mod.py
# unsafe: 2
class Text:
    def cut(self):
        return self

    def run(self):
        return Text.cut.__qualname__
