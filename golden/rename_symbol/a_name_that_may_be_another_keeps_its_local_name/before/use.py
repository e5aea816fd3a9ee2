try:
    from mod import count
except ImportError:

    def count(items):
        return 0


def run():
    try:
        from mod import count
    except ImportError:
        from other import count
    return count([])


class Box:
    from mod import count


print(count([]), Box.count([]))
