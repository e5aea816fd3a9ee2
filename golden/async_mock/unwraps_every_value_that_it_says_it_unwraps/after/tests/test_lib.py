import asyncio
from unittest import mock
from lib import Response
def test_body():
    async def go():
        fut = asyncio.get_running_loop().create_future()
        fut.set_result(b"data")
        response = Response()
        content = response.content = mock.Mock()
        content.readany = mock.AsyncMock(return_value=b"data")
        assert await response.body() == b"data"
    asyncio.run(go())
