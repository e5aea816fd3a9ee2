# args: --style class --loop-scope class
import pytest


@pytest.mark.slow
class TestA:
    async def test_a(self):
        pass

    async def test_b(self):
        pass
# output
import pytest


@pytest.mark.asyncio(loop_scope="class")
@pytest.mark.slow
class TestA:
    async def test_a(self):
        pass

    async def test_b(self):
        pass
