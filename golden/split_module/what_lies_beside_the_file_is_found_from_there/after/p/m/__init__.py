from pathlib import Path

from . import _a, _b
from ._a import HERE as HERE
from ._b import two as two
