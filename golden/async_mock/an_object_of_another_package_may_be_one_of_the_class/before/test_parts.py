from unittest.mock import Mock

from parts import Feed, Shop


def test_feed():
    feed = Feed()
    feed.pull = Mock()


def test_shop():
    shop = Shop()
    shop.sell = Mock()
