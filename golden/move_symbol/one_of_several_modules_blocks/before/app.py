from pkg import a, c


def run(fast):
    if fast:
        m = a
    else:
        m = c
    return m.one()
