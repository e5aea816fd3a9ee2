# args: --symbol test_case.double --to twice
# skips: 2 S10-only-the-name
# skips: 9 S10-only-the-name
# skips: 10 S10-only-the-name
def double(value):
    """To double is to add.

    >>> double(2) + double(
    ...     double(1)
    ... )
    8
    >>> from test_case import double
    >>> print("double") or value.double
    >>> dict(double=1)
    """
    return value + value
# output
def twice(value):
    """To double is to add.

    >>> twice(2) + twice(
    ...     twice(1)
    ... )
    8
    >>> from test_case import twice
    >>> print("double") or value.double
    >>> dict(double=1)
    """
    return value + value
