from .compat import Context
