# args: --target-version 3.10
# skips: 8 T30-report
from dataclasses import dataclass
from typing import List, Type


@dataclass
class Info:
    names: List[str]
    kind: Type
    other: Type


def show(info: Info) -> str:
    return info.kind.label + info.other.__name__
# output
from dataclasses import dataclass
from typing import Type


@dataclass
class Info:
    names: list[str]
    kind: Type
    other: type


def show(info: Info) -> str:
    return info.kind.label + info.other.__name__
