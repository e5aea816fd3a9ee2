from unittest.mock import patch

from shop.agent import Agent


@patch("shop.agent.Agent.step", return_value=1)
def test_a(fake):
    with patch.object(Agent, "step"):
        assert hasattr(Agent(), "step")


def test_b(monkeypatch):
    monkeypatch.setattr(Agent, "step", lambda self: 1)
    monkeypatch.setattr("shop.agent.Agent.step", lambda self: 1)
