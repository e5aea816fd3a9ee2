# args: --target-version 3.10
# skips: 6 T01-string
from typing import Optional


def make():
    class Node:
        parent: Optional["Node"] = None

    return Node
