from unittest.mock import AsyncMock, MagicMock, Mock, patch

import shop
from shop.app import App


async def test_app():
    app = App()
    app.client.buy = AsyncMock()
    app.client.close = AsyncMock()
    app.client.name = Mock()
    app.client.cart.add = AsyncMock(return_value=1)
    app.client.cart.total = Mock(return_value=1)


@patch("shop.app.make_client")
def test_factory(make):
    client = MagicMock()
    client.buy = AsyncMock()
    client.name = MagicMock()
    make.return_value = client


@patch("shop.app.open_client", return_value=MagicMock(buy=AsyncMock()))
def test_async_factory(make):
    with patch("shop.app.ShopClient") as cls:
        cls.return_value.close = AsyncMock(return_value=None)


async def test_package():
    client = shop.ShopClient()
    client.buy = AsyncMock()
