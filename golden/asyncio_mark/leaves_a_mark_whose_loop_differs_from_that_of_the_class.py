# args: --remove-redundant
import pytest


@pytest.mark.asyncio(loop_scope="class")
class TestA:
    @pytest.mark.asyncio(loop_scope="function")
    async def test_own(self):
        pass

    async def test_of_the_class(self):
        pass
