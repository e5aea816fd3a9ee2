try:
    from ssl import SSLContext as Context
except ImportError:
    Context = None


def Factory(): ...
