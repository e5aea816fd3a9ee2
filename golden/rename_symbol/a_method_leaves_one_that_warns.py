# args: --symbol mod.Text.cut --to trim --alias
# path: mod.py
class Text:
    def cut(self, size):
        return size

    def other(self):
        return self.cut(1)
# output
class Text:
    def trim(self, size):
        return size

    def cut(self, *args, **kwargs):
        import warnings

        warnings.warn("mod.Text.cut is called trim now", DeprecationWarning, stacklevel=2)
        return self.trim(*args, **kwargs)

    def other(self):
        return self.trim(1)
