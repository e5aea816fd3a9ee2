# args: --target-version 3.11
# skips: 3 T01-string
# skips: 4 T07-function
# skips: 5 T01-string
from typing import List, Optional, Union

Later = Union[int, str]
Rows = List[int]
Other = Union[int, bytes]
Fine = Optional[int]
Quoted = Optional[str]


def make(): ...


def f(x: "Node" | Later): ...
def g(x: Rows | make): ...
def h(x: Fine | bytes | None, y: Quoted | Optional["Node"]): ...


class Node:
    def f(self, x: Other | int | "Node"): ...
# output
from typing import List, Union

Later = Union[int, str]
Rows = List[int]
Other = Union[int, bytes]
Fine = int | None
Quoted = str | None


def make(): ...


def f(x: "Node" | Later): ...
def g(x: Rows | make): ...
def h(x: Fine | bytes | None, y: "Quoted | Node | None"): ...


class Node:
    def f(self, x: Other | int | "Node"): ...
