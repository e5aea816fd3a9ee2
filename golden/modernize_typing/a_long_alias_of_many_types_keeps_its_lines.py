# args: --target-version 3.10
from typing import Union


class TheFirstOfSeveralNodesInTheTree: ...
class TheSecondOfSeveralNodesInTheTree: ...
class TheThirdOfSeveralNodesInTheTree: ...


AnyNode = Union[
    TheFirstOfSeveralNodesInTheTree,
    TheSecondOfSeveralNodesInTheTree,
    TheThirdOfSeveralNodesInTheTree,
]
# output
class TheFirstOfSeveralNodesInTheTree: ...
class TheSecondOfSeveralNodesInTheTree: ...
class TheThirdOfSeveralNodesInTheTree: ...


AnyNode = (
    TheFirstOfSeveralNodesInTheTree
    | TheSecondOfSeveralNodesInTheTree
    | TheThirdOfSeveralNodesInTheTree
)
