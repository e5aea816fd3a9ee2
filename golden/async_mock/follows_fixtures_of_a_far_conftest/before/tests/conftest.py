from unittest.mock import AsyncMock, MagicMock, create_autospec, patch

import pytest

from bot import Api, Bot


@pytest.fixture
def bot():
    return Bot(Api())


@pytest.fixture
def api():
    with patch("bot.Api") as cls:
        instance = cls.return_value
        instance.fetch = AsyncMock()
        yield instance


@pytest.fixture
def typed_api():
    return create_autospec(Api, instance=True)


@pytest.fixture
def plain():
    return MagicMock()
