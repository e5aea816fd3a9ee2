from unittest.mock import patch

from shop.agent import Agent


@patch("shop.agent.Agent.execute", return_value=1)
def test_a(fake):
    with patch.object(Agent, "execute"):
        assert hasattr(Agent(), "execute")


def test_b(monkeypatch):
    monkeypatch.setattr(Agent, "execute", lambda self: 1)
    monkeypatch.setattr("shop.agent.Agent.execute", lambda self: 1)
