from ..b import x

__name__ = __package__  # as before: loggers, pickles and reprs say it


def one():
    from ..c import z

    return x + z
