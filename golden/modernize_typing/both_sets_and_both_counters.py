# args: --target-version 3.10
import collections
from collections import Counter
from typing import AbstractSet, Counter as Counts, Set


def f(a: AbstractSet[int], b: Set[int], c: Counts[str], d: Counter) -> collections.OrderedDict: ...
# output
import collections
from collections import Counter, Counter as Counts
from collections.abc import Set as AbstractSet


def f(a: AbstractSet[int], b: set[int], c: Counts[str], d: Counter) -> collections.OrderedDict: ...
