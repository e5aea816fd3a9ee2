import compat.m as cm
from compat import mock

from app import Feed


def test_star():
    feed = Feed()
    feed.pull = mock.AsyncMock(return_value=1)


def test_alias():
    feed = Feed()
    feed.pull = cm.mock.AsyncMock(return_value=1)
