import asyncio
from unittest.mock import AsyncMock, MagicMock, patch

import aiohttp
import pytest
from app import Base


def test_get():
    class Mine(Base):
        pass

    handler = Mine()
    with patch.object(handler, "ctx", new_callable=AsyncMock, return_value=1):
        assert asyncio.run(handler.get(1)) == 1


def test_bases_of_the_same_scope():
    class First(Base):
        async def more(self): ...

        def ctx(self, r):
            return r

    class Second(First):
        def name(self):
            return "second"

    second = Second()
    second.more = AsyncMock()
    second.ctx = MagicMock()
    second.name = MagicMock()


@pytest.fixture
def session():
    class Quiet(aiohttp.ClientSession):
        async def log(self): ...

    return Quiet()


def test_third_party(session):
    session.log = AsyncMock()
    session.close = AsyncMock()
    session.detach = MagicMock()


class TestMethods:
    def make(self):
        class Inner(Base):
            class Part:
                async def run(self): ...

            def __init__(self):
                self.part = self.Part()

        return Inner()

    def test_made(self):
        made = self.make()
        made.ctx = AsyncMock()
        made.part.run = AsyncMock()
        made.name = MagicMock()


def test_a_name_for_two_classes():
    if asyncio:

        class Either(Base):
            pass

    else:

        class Either:
            def ctx(self): ...

    either = Either()
    either.ctx = MagicMock()
