# args: --map test_case.first=item --map test_case.second=item --map test_case.Box.size=width --map test_case.Box.length=width --map 'test_case.total(amount)=price' --map test_case.rate=price --map 'test_case.two(a)=c' --map 'test_case.two(b)=c'
# skips: 1 S02-taken
# skips: 5 S02-taken
# skips: 9 S02-taken
# skips: 13 S02-taken
# skips: 16 S02-taken
# skips: 19 S02-taken
# skips: 23 S02-taken
# skips: 23 S02-taken
def first():
    return 1


def second():
    return 2


rate = 2


class Box:
    def size(self):
        return 1

    length = size


def total(amount):
    return rate * amount


def two(a, b):
    return a, b
