# args: --remove-redundant
import pytest


@pytest.mark.asyncio
class TestA:
    @pytest.mark.asyncio
    async def test_a(self):
        pass

    @pytest.mark.asyncio(loop_scope="class")
    async def test_b(self):
        pass


@pytest.mark.asyncio
async def test_alone():
    pass
# output
import pytest


@pytest.mark.asyncio
class TestA:
    async def test_a(self):
        pass

    @pytest.mark.asyncio(loop_scope="class")
    async def test_b(self):
        pass


@pytest.mark.asyncio
async def test_alone():
    pass
