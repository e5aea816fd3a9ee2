# args: --symbol test_case.count --to tally --symbol test_case.total --to whole
# skips: 2 S10-only-the-name
# skips: 3 S10-only-the-name
# unsafe: 13
_BASE = ["count"]
_MORE = ["total"]
_KEYS = ["total"]
__all__ = _BASE + _MORE + ["other"]

other = 1


def count():
    return 1


def total():
    return _KEYS
# output
_BASE = ["tally"]
_MORE = ["total"]
_KEYS = ["total"]
__all__ = _BASE + _MORE + ["other"]

other = 1


def tally():
    return 1


def total():
    return _KEYS
