from unittest.mock import MagicMock, Mock, patch

import shop
from shop.app import App


async def test_app():
    app = App()
    app.client.buy = Mock()
    app.client.close = Mock()
    app.client.name = Mock()
    app.client.cart.add = Mock(return_value=1)
    app.client.cart.total = Mock(return_value=1)


@patch("shop.app.make_client")
def test_factory(make):
    client = MagicMock()
    client.buy = MagicMock()
    client.name = MagicMock()
    make.return_value = client


@patch("shop.app.open_client", return_value=MagicMock(buy=MagicMock()))
def test_async_factory(make):
    with patch("shop.app.ShopClient") as cls:
        cls.return_value.close.return_value = None


async def test_package():
    client = shop.ShopClient()
    client.buy = Mock()
