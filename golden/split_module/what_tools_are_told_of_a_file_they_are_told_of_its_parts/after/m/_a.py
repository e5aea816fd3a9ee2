# mypy: ignore-errors
# ruff: noqa: E501

"""The first."""

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


# pylint: disable=invalid-name
def one():
    return 1
