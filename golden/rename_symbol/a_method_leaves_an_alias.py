# args: --symbol mod.Text.cut --to trim --leave-alias
# path: mod.py
class Text:
    @classmethod
    def cut(cls, size):
        return size

    size = 1
# output
class Text:
    @classmethod
    def trim(cls, size):
        return size

    cut = trim

    size = 1
