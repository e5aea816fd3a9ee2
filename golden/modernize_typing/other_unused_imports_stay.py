# args: --target-version 3.10
import json
import typing
from os import path
from typing import Any, List, cast


def f(a: List[int]) -> None: ...
# output
import json
import typing
from os import path
from typing import Any, cast


def f(a: list[int]) -> None: ...
