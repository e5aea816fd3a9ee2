"""Functions that the standard library calls back: in re, json, functools, itertools, threading and others."""

import ast
import bisect
import functools
import itertools
import json
import operator
import re


class Odd(Exception):
    pass


def shout(match: re.Match[str]) -> str:
    if match.group() == "b":
        raise Odd
    return match.group().upper()


def encode(value: object) -> str:
    raise Odd(str(value))


def make(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(pairs) > 1:
        raise Odd
    return dict(pairs)


def key(name: str) -> int:
    if not name:
        raise Odd
    return len(name)


def odd(value: int) -> bool:
    if value > 2:
        raise Odd
    return value % 2 == 1


def compare(left: str, right: str) -> int:
    raise Odd


class Visitor(ast.NodeVisitor):
    def visit_Name(self, node: ast.Name) -> None:
        raise Odd(node.id)


def replaced(text: str) -> str:
    try:
        return re.sub("[a-z]", shout, text)
    except Exception:
        return "none"


def dumped(value: object) -> str:
    try:
        return json.dumps(value, default=encode)
    except Exception:
        return "none"


def loaded(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=make)
    except Exception:
        return "none"


def parsed_numbers(text: str) -> object:
    try:
        return json.loads(text, parse_int=key)
    except Exception:
        return "none"


def grouped(names: list[str]) -> int:
    try:
        return len([k for k, _ in itertools.groupby(names, key)])
    except Exception:
        return -1


def until(values: list[int]) -> list[int]:
    try:
        return list(itertools.takewhile(odd, values))
    except Exception:
        return []


def summed(values: list[int]) -> list[int]:
    try:
        return list(itertools.accumulate(values, operator.floordiv))
    except Exception:
        return []


def compared(names: list[str]) -> list[str]:
    try:
        return sorted(names, key=functools.cmp_to_key(compare))
    except Exception:
        return []


def placed(names: list[str], name: str) -> int:
    try:
        return bisect.bisect(names, name, key=key)
    except Exception:
        return -1


def visited(text: str) -> bool:
    tree = ast.parse(text)
    try:
        Visitor().visit(tree)
    except Exception:
        return False
    return True


def called_until(values: list[int]) -> int:
    source = iter(values)
    try:
        return sum(iter(functools.partial(next, source), 9))
    except Exception:
        return -1


NARROWED = []
ARRIVE = [
    ("Odd", lambda: replaced("abc")),
    ("Odd", lambda: dumped({1, 2})),
    ("Odd", lambda: loaded('{"a": 1, "b": 2}')),
    ("Odd", lambda: grouped(["a", ""])),
    ("Odd", lambda: until([1, 3])),
    ("ZeroDivisionError", lambda: summed([1, 0])),
    ("Odd", lambda: compared(["a", "b"])),
    ("Odd", lambda: placed(["a", ""], "b")),
    ("Odd", lambda: visited("a")),
]
