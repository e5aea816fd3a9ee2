import sys

from . import two

if __name__ == "__main__":
    sys.exit(two())
