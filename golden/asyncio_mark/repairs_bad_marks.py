# args: --repair-marks --unsafe
# skips: 21 A23-bad-existing-mark
import pytest


@pytest.mark.asyncio(mode="auto")
async def test_a():
    pass


@pytest.mark.asyncio(mode="auto", loop_scope='session')
async def test_b():
    pass


class TestA:
    @pytest.mark.asyncio
    def test_sync(self):
        pass


@pytest.mark.asyncio  # it was async once
def test_commented():
    pass
# output
import pytest


@pytest.mark.asyncio
async def test_a():
    pass


@pytest.mark.asyncio(loop_scope='session')
async def test_b():
    pass


class TestA:
    def test_sync(self):
        pass


@pytest.mark.asyncio  # it was async once
def test_commented():
    pass
