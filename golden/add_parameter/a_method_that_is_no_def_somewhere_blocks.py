# args: --function mod.Base.load --parameter log=False
# path: mod.py
# skips: 1 P02-no-function
class Base:
    def load(self, path):
        return path


class Sub(Base):
    load = print
