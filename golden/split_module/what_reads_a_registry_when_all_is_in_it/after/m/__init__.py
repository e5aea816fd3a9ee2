from . import _registry, _handlers
from ._registry import HANDLERS as HANDLERS, register as register
from ._handlers import pay as pay, NAMES as NAMES
