import warnings

from .a import Loud

warnings.simplefilter("ignore", Loud)
