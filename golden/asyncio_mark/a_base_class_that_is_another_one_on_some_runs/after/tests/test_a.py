import sys

import pytest

try:
    from tests.base import Base
except ImportError:
    from unittest import IsolatedAsyncioTestCase as Base

if sys.version_info < (3, 8):
    from asynctest import TestCase as Modern
else:
    from tests.base import Base as Modern


class TestTried(Base):
    async def test_a(self):
        pass


class TestModern(Modern):
    @pytest.mark.asyncio
    async def test_a(self):
        pass
