# skips: 5 A27-other-framework
import pytest


class Shared:
    async def test_m(self):
        pass


class TestPlain(Shared):
    async def test_n(self):
        pass


@pytest.mark.anyio
class TestAnyio(Shared):
    pass
# output
import pytest


class Shared:
    async def test_m(self):
        pass


class TestPlain(Shared):
    @pytest.mark.asyncio
    async def test_n(self):
        pass


@pytest.mark.anyio
class TestAnyio(Shared):
    pass
