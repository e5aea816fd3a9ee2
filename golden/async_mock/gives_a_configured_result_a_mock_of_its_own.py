from unittest.mock import MagicMock, Mock, patch


class Client:
    async def get(self, url): ...

    async def put(self, url): ...


async def test_result():
    client = Client()
    client.get = MagicMock()
    client.get.return_value.json.return_value = {}
    client.put = Mock(name="put")
    assert (await client.put("x")).json() is not None
    with patch("test_case.Client") as cls:
        cls.return_value.get.return_value.json.return_value = {"a": 1}
        cls.return_value.get.return_value.status_code = 200
# output
from unittest.mock import AsyncMock, MagicMock, Mock, patch


class Client:
    async def get(self, url): ...

    async def put(self, url): ...


async def test_result():
    client = Client()
    client.get = AsyncMock(return_value=MagicMock())
    client.get.return_value.json.return_value = {}
    client.put = AsyncMock(return_value=Mock(), name="put")
    assert (await client.put("x")).json() is not None
    with patch("test_case.Client") as cls:
        cls.return_value.get = AsyncMock(return_value=MagicMock())
        cls.return_value.get.return_value.json.return_value = {"a": 1}
        cls.return_value.get.return_value.status_code = 200
