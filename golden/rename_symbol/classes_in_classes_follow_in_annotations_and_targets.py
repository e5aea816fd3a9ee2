# args: --symbol test_case.Box.Inner --to Core --symbol test_case.Box.size --to width
import contextlib


class Box:
    size = 0

    class Inner:
        value = 1

    def fill(self):
        for self.size in range(3):
            pass
        with contextlib.nullcontext(4) as self.size:
            return self.size


def core(x: Box.Inner, *rest: Box.Inner) -> list[Box.Inner]:
    y: Box.Inner = x
    return [y, *rest]
# output
import contextlib


class Box:
    width = 0

    class Core:
        value = 1

    def fill(self):
        for self.width in range(3):
            pass
        with contextlib.nullcontext(4) as self.width:
            return self.width


def core(x: Box.Core, *rest: Box.Core) -> list[Box.Core]:
    y: Box.Core = x
    return [y, *rest]
