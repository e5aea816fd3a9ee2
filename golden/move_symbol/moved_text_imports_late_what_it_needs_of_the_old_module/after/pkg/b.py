B = 0


def one():
    """One."""
    from pkg.a import base
    return base(0)
