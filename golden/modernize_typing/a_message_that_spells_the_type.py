# args: --target-version 3.10
# skips: 8 T13-value
from dataclasses import dataclass
from typing import Union

import pytest

@dataclass
class X:
    i: Union[int, str]
    j: Union[int, float]


def test_message(check):
    with pytest.raises(TypeError, match="no typing.Union[int, str]"):
        check(X)
# output
from dataclasses import dataclass
from typing import Union

import pytest

@dataclass
class X:
    i: Union[int, str]
    j: int | float


def test_message(check):
    with pytest.raises(TypeError, match="no typing.Union[int, str]"):
        check(X)
