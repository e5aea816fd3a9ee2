# Of nobody.
# mypy: ignore-errors
# ruff: noqa: E501
"""Things."""


# pylint: disable=invalid-name
def one():
    return 1


def two():
    return 2
