import unittest

from .base import Contract


class TestSql(Contract):
    pass


class TestUnit(unittest.TestCase):
    def test_unit(self):
        pass
