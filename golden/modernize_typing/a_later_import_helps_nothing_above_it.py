# args: --target-version 3.10
import typing

Alias = typing.Deque[int]


def f(a: typing.OrderedDict[str, int], b: "typing.OrderedDict[str, int]") -> None: ...


from collections import OrderedDict, deque


def g(a: typing.OrderedDict[str, int]) -> typing.Deque[int]: ...
# output
import collections

Alias = collections.deque[int]


def f(a: collections.OrderedDict[str, int], b: "OrderedDict[str, int]") -> None: ...


from collections import OrderedDict, deque


def g(a: OrderedDict[str, int]) -> deque[int]: ...
