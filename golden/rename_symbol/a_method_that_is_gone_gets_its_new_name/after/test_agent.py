from unittest.mock import patch

from agent import Agent


@patch("agent.Agent.execute")
def test_a(fake):
    agent = Agent()
    assert agent.execute()
