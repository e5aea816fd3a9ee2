from unittest.mock import MagicMock, Mock, patch


class Api:
    async def fetch(self): ...

    async def send(self): ...

    def url(self): ...


def test_keywords():
    api: Api = Mock(fetch=Mock(return_value=1), url=Mock())
    other: Api = MagicMock(**{"fetch": Mock(), "send.return_value": {"a": 1}, "url.return_value": 1})
    with patch("test_case.Api", return_value=Mock(send=Mock())), patch(
        "test_case.Api", **{"return_value.fetch.side_effect": OSError, "return_value.url.return_value": ""}
    ):
        other.configure_mock(send=Mock(), url=Mock())
    third: Api = Mock(**{"send.return_value": 1, "send.side_effect": None})
    return api, third
# output
from unittest.mock import AsyncMock, MagicMock, Mock, patch


class Api:
    async def fetch(self): ...

    async def send(self): ...

    def url(self): ...


def test_keywords():
    api: Api = Mock(fetch=AsyncMock(return_value=1), url=Mock())
    other: Api = MagicMock(**{"fetch": AsyncMock(), "send": AsyncMock(return_value={"a": 1}), "url.return_value": 1})
    with patch("test_case.Api", return_value=Mock(send=AsyncMock())), patch(
        "test_case.Api", **{"return_value.fetch": AsyncMock(side_effect=OSError), "return_value.url.return_value": ""}
    ):
        other.configure_mock(send=AsyncMock(), url=Mock())
    third: Api = Mock(**{"send": AsyncMock(), "send.return_value": 1, "send.side_effect": None})
    return api, third
