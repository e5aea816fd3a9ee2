import asyncio
from unittest.mock import Mock

from parts import Feed, Relay


def test_forward():
    feed = Feed()
    feed.pull = Mock(return_value=3)
    assert Relay(feed).forward(1) == 3


async def test_it_is_awaited():
    feed = Feed()
    feed.pull = Mock(return_value=3)
    assert await Relay(feed).forward(1) == 3


def test_it_is_asserted_alone(monkeypatch):
    feed = Feed()
    monkeypatch.setattr(feed, "pull", Mock(return_value=3))
    Relay(feed).forward(1)
    feed.pull.assert_called_once_with(1)


def test_once_awaited_and_once_not():
    feed = Feed()
    feed.pull = Mock(return_value=3)
    relay = Relay(feed)
    assert asyncio.run(relay.forward(1)) == 3
    assert relay.forward(1) == 3


def test_it_is_run_in_a_plain_test():
    feed = Feed()
    feed.pull = Mock(return_value=3)
    assert asyncio.run(Relay(feed).forward(1)) == 3


def test_nothing_says_who_asks(ask):
    feed = Feed()
    feed.pull = Mock(return_value=3)
    assert ask(feed) == 3
