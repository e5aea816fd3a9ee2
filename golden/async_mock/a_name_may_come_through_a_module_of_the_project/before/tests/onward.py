from .compat import *  # noqa: F403
