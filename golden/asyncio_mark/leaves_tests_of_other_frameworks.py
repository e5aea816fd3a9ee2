import pytest
import pytest_twisted
import trio
from tornado.testing import gen_test


@pytest.mark.anyio
async def test_anyio():
    pass


@pytest.mark.trio
async def test_trio():
    await trio.sleep(0)


async def test_backend(anyio_backend):
    pass


@pytest.mark.usefixtures("anyio_backend")
async def test_used():
    pass


@pytest_twisted.ensureDeferred
async def test_twisted():
    pass


@gen_test
async def test_tornado():
    pass
