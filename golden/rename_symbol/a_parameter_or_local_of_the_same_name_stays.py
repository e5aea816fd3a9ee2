# args: --symbol mod.count --to tally
# path: mod.py
def count(items):
    return len(items)


def total(count):
    return count + 1


def first(items):
    for count in items:
        print(count)
    return [count for count in items] + [lambda count: count]


def second(items, size=count([])):
    return count(items) + size
# output
def tally(items):
    return len(items)


def total(count):
    return count + 1


def first(items):
    for count in items:
        print(count)
    return [count for count in items] + [lambda count: count]


def second(items, size=tally([])):
    return tally(items) + size
