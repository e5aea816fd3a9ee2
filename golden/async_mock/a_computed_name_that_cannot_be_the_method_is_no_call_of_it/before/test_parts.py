from unittest.mock import Mock

from parts import Feed


def make():
    part = Feed()
    part.pull = Mock()
    part.push = Mock()
    return part
