# args: --target-version 3.10
# skips: 12 T07-function
from ast import Dict, List
from collections import Counter
from typing import Deque, Optional, Set


def deque(): ...


def Type(): ...


def f(a: List, b: Dict, c: Counter, d: Deque[int], e: Set[int]) -> Optional[Type]: ...
# output
import collections
from ast import Dict, List
from collections import Counter
from typing import Optional


def deque(): ...


def Type(): ...


def f(a: List, b: Dict, c: Counter, d: collections.deque[int], e: set[int]) -> Optional[Type]: ...
