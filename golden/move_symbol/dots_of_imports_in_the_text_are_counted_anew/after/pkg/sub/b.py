from .. import tools
from ..tools import hammer

B = 0


def one():
    from ..tools import nail

    return tools.hit(hammer, nail)
