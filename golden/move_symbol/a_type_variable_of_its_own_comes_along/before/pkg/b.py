X = 1

import typing

Y: typing.Any = X
