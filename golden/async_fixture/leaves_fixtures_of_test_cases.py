# skips: 8 A46-testcase
import unittest

import pytest


class TestA(unittest.TestCase):
    @pytest.fixture(autouse=True)
    async def value(self):
        self.value = 1

    def test_a(self):
        pass
