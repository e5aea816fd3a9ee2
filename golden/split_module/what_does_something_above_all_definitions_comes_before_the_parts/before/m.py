import decimal
import os

os.environ.setdefault("LEVEL", "1")
decimal.getcontext().prec = 5
LEVEL = os.environ["LEVEL"]


def one():
    return LEVEL


def two():
    return 2
