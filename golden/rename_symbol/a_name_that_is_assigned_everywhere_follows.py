# args: --symbol mod.count --to tally --unsafe
# path: mod.py
count = 0
count += 1
other = f"{count!r} {count=}"


def grow():
    global count
    count += 1
    return count


def local():
    count = 1
    return count


def walk(items):
    global count
    for count in items:
        pass
    if (count := 5) > 3:
        del count
    with open("a") as count:
        pass
    try:
        pass
    except ValueError as count:
        pass


class Box:
    count = 1

    def get(self):
        return self.count + count
# output
tally = 0
tally += 1
other = f"{tally!r} {tally=}"


def grow():
    global tally
    tally += 1
    return tally


def local():
    count = 1
    return count


def walk(items):
    global tally
    for tally in items:
        pass
    if (tally := 5) > 3:
        del tally
    with open("a") as tally:
        pass
    try:
        pass
    except ValueError as tally:
        pass


class Box:
    count = 1

    def get(self):
        return self.count + tally
