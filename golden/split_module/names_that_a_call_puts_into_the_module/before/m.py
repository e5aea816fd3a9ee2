from enum import IntEnum

IntEnum._convert_('Kind', __name__, lambda name: name == 'X')
X = [*Kind]


def two():
    return 2
