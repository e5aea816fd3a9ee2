__name__ = __package__  # as before: loggers, pickles and reprs say it


def one():
    return open('data.json')
