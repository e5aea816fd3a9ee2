from . import tools
from .tools import hammer


def one():
    from .tools import nail

    return tools.hit(hammer, nail)


def two():
    return 2
