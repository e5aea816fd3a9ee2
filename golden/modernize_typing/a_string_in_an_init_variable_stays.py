# args: --target-version 3.10
# skips: 8 T01-string
from dataclasses import InitVar, dataclass
from typing import List


@dataclass
class Node:
    parent: InitVar["Node"]
    names: List[InitVar["Node"]]
    children: List[int]
# output
from dataclasses import InitVar, dataclass


@dataclass
class Node:
    parent: InitVar["Node"]
    names: list[InitVar["Node"]]
    children: list[int]
