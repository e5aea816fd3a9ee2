B = 0

_count = 0


def count():
    global _count
    _count += 1
    return _count


def reset():
    global _count
    _count = 0
