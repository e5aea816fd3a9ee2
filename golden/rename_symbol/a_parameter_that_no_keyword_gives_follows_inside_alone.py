# args: --symbol 'test_case.first(size)' --to width --symbol 'test_case.rest(size)' --to width
def first(size, /, **more):
    return size, more


def rest(**size):
    return size


print(first(1, size=2), rest(size=3))
# output
def first(width, /, **more):
    return width, more


def rest(**width):
    return width


print(first(1, size=2), rest(size=3))
