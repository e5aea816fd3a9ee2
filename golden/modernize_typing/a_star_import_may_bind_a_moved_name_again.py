# args: --target-version 3.10
import typing as t
from typing import *


def f(a: t.Callable[[], int], b: List[int]) -> t.Pattern[str]: ...
# output
import collections.abc
import re
from typing import *


def f(a: collections.abc.Callable[[], int], b: list[int]) -> re.Pattern[str]: ...
