import sys

from . import _ask, _values
from ._ask import ask as ask
from ._values import value as value
