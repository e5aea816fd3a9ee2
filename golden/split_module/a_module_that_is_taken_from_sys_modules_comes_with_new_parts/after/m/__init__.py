import importlib
import sys as _sys

for _part in ("_a", "_b"):  # imported again, the package imports its parts again
    if _part in globals():
        importlib.reload(globals()[_part])
    else:
        _sys.modules.pop(f"{__name__}.{_part}", None)
del _part

from . import _a, _b
from ._a import LIMIT as LIMIT, one as one
from ._b import two as two
