from . import _seen, _see
from ._seen import SEEN as SEEN
from ._see import see as see
