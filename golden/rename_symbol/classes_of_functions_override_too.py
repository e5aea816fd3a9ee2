# args: --symbol mod.Box.count --to tally
# path: mod.py
class Box:
    def count(self):
        return 1


def make():
    class Small(Box):
        def count(self):
            return super().count()

        class Inner:
            def count(self):
                return self.count()

    return Small().count()
# output
class Box:
    def tally(self):
        return 1


def make():
    class Small(Box):
        def tally(self):
            return super().tally()

        class Inner:
            def count(self):
                return self.count()

    return Small().tally()
