import sys

try:
    from fast import count
except ImportError:

    def count(items):
        return len(items)


if sys.version_info > (3, 12):

    def count(items):
        return 1
