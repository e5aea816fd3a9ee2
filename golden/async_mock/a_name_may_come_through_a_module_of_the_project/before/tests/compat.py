import unittest.mock as um

try:
    from unittest.mock import MagicMock as Fake
    from unittest.mock import patch
except ImportError:
    from mock import MagicMock as Fake
    from mock import patch

Plain = um.Mock
__all__ = ["Fake", "Plain", "patch", "um"]
