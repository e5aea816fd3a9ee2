# args: --function mod.Text.load --parameter "size=SIZE"
# path: mod.py
class Text:
    SIZE = 1

    def load(self, path):
        return path
# output
class Text:
    SIZE = 1

    def load(self, path, size=SIZE):
        return path
