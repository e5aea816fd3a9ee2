# args: --function mod.cut --parameter size=1 --value 2
# path: mod.py
# skips: 6 P04-passed
def cut(text):
    return text


class Plain:
    cut = staticmethod(cut)

    def use(self, text):
        return self.cut(text)


cut("a")
# output
def cut(text, size=1):
    return text


class Plain:
    cut = staticmethod(cut)

    def use(self, text):
        return self.cut(text)


cut("a", size=2)
