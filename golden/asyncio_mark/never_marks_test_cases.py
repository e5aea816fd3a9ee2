# skips: 7 A10-testcase
# skips: 12 A11-isolated
# skips: 17 A11-isolated
# skips: 26 A10-testcase
import asyncio
import unittest
from unittest import IsolatedAsyncioTestCase


class Plain(unittest.TestCase):
    async def test_m(self):
        pass


class Good(IsolatedAsyncioTestCase):
    async def test_m(self):
        await asyncio.sleep(0)


class Better(Good):
    async def test_n(self):
        pass


class Base(unittest.TestCase):
    pass


class Sub(Base):
    async def test_m(self):
        pass
