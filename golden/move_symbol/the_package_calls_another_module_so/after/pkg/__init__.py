import warnings as _warnings

from .warnings import Loud

_warnings.simplefilter("ignore", Loud)
