import sys

try:
    from fast import count as tally
except ImportError:

    def tally(items):
        return len(items)


if sys.version_info > (3, 12):

    def tally(items):
        return 1
