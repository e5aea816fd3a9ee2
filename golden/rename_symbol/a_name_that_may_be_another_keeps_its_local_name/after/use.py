try:
    from mod import tally as count
except ImportError:

    def count(items):
        return 0


def run():
    try:
        from mod import tally as count
    except ImportError:
        from other import count
    return count([])


class Box:
    from mod import tally as count


print(count([]), Box.count([]))
