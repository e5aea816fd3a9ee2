import compat.m as cm
from compat import mock

from app import Feed


def test_star():
    feed = Feed()
    feed.pull = mock.MagicMock(return_value=1)


def test_alias():
    feed = Feed()
    feed.pull = cm.mock.MagicMock(return_value=1)
