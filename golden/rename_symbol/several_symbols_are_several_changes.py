# args: --symbol mod.Text --to Prose --symbol mod.Text.cut --to trim --map mod.brief=short --map 'mod.cut(size)=limit'
# path: mod.py
# skips: 11 S02-taken
class Text:
    def cut(self):
        return self.cut()


def brief(text):
    return Text().cut(), cut(size=text)


def cut(size):
    short = 1
    return size, brief(short)
# output
class Prose:
    def trim(self):
        return self.trim()


def brief(text):
    return Prose().trim(), cut(limit=text)


def cut(limit):
    short = 1
    return limit, brief(short)
