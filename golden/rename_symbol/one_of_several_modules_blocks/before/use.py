from pkg import a, b


def run(fast):
    if fast:
        m = a
    else:
        m = b
    return m.count()
