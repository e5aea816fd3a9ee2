SEEN = []


def see(thing, seen=SEEN):
    seen.append(thing)


SEEN.append(1)
