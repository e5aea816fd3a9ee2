# args: --target-version 3.10
# skips: 5 T01-string
from __future__ import annotations

from typing import Optional

Parent = Optional["Node"]


class Node:
    parent: Parent
