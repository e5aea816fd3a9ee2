# skips: 8 A13-not-collected
# skips: 13 A13-not-collected
# skips: 21 A13-not-collected
# skips: 29 A13-not-collected
# skips: 35 A13-not-collected
# skips: 39 A13-not-collected
from dataclasses import dataclass

import pytest


class Helper:

    async def test_connection(self):
        pass


class Suite:
    async def test_m(self):
        pass

class TestInit:
    def __init__(self):
        self.x = 1

    # never met
    async def test_m(self):
        pass


@dataclass
class TestData:
    x: int

    async def test_m(self):
        pass

class TestOff:
    __test__ = False

    async def test_m(self):
        pass


async def test_off():
    pass


test_off.__test__ = False
