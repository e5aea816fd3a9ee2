from . import _work, _rest
from ._work import work as work
from ._rest import rest as rest

try:
    from ._work import current as current
except ImportError:  # under a condition
    pass


__annotations__ = {**_work.__annotations__}
