import unittest

import pytest

from .base import Contract


class TestSql(Contract):
    pass


class TestUnit(unittest.TestCase):
    @pytest.mark.slow
    def test_unit(self):
        pass
