from shop import agent
from shop.agent import Agent, Quiet, Robot


def make() -> Agent:
    return Agent()


def first(agent_: Agent, robot: Robot, other: "Quiet"):
    agent_.execute("a")
    robot._step()
    other.execute("b")
    make().execute("c")
    agent.Agent().execute("d")


def second(thing):
    return thing._step()
