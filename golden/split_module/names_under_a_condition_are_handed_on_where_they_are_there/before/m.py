import sys

if sys.platform == "win32":
    SEP = "\\"

    def drive():
        return SEP


try:
    import fast
except ImportError:
    fast = None


def one():
    return fast
