# Of nobody.
# mypy: ignore-errors
# ruff: noqa: E501
"""Things."""

from . import _a, _b
from ._a import one as one
from ._b import two as two
