from unittest.mock import patch

from agent import Agent


@patch("agent.Agent._step_act")
def test_a(fake):
    agent = Agent()
    assert agent._step_act()
