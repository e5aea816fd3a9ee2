from unittest.mock import *  # noqa: F403

__all__ = ["patch"]
