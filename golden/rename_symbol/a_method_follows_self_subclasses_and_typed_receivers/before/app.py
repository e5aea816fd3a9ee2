from shop import agent
from shop.agent import Agent, Quiet, Robot


def make() -> Agent:
    return Agent()


def first(agent_: Agent, robot: Robot, other: "Quiet"):
    agent_._step("a")
    robot._step()
    other._step("b")
    make()._step("c")
    agent.Agent()._step("d")


def second(thing):
    return thing._step()
