from unittest.mock import AsyncMock, MagicMock

from bot import Bot


def test_bot(bot, api, typed_api, plain):
    bot.run = AsyncMock()
    bot.api.fetch = AsyncMock()
    bot.api.url = MagicMock()


def test_api(api, typed_api, plain):
    api.fetch.return_value = 1
    api.send = AsyncMock(return_value=2)
    api.url.return_value = 3
    typed_api.fetch.return_value = 4
    plain.fetch.return_value = 5
    plain.fetch = MagicMock()


def test_injected():
    mock = MagicMock()
    mock.send.return_value = 1
    Bot(mock)
