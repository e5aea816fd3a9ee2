"""singledispatch, overloads by type, visitors, protocols, mixins and several bases."""

import functools
from typing import Protocol


class Unknown(Exception):
    pass


class Broken(Exception):
    pass


@functools.singledispatch
def area(shape: object) -> float:
    raise Unknown(shape)


@area.register
def _(shape: str) -> float:
    return float(shape)


@area.register(list)
def _(shape: list) -> float:
    return shape[0] * shape[1]


class Visitor:
    def visit(self, value: object) -> int:
        method = getattr(self, "visit_" + type(value).__name__, self.generic)
        return method(value)

    def generic(self, value: object) -> int:
        raise Unknown(value)

    def visit_str(self, value: str) -> int:
        return int(value)


class Readable(Protocol):
    def read(self) -> str: ...


class Memory:
    def read(self) -> str:
        return {"a": "b"}["c"]


class Wire:
    def read(self) -> str:
        raise Broken


class Loads:
    def load(self) -> str:
        return self.fetch()

    def fetch(self) -> str:
        raise NotImplementedError


class Fetches:
    def fetch(self) -> str:
        raise Broken


class Client(Fetches, Loads):
    pass


class Chain:
    def load(self) -> str:
        return "chain"


class First(Chain):
    def load(self) -> str:
        return super().load()


class Second(Chain):
    def load(self) -> str:
        raise Broken


class Both(First, Second):
    pass


def size(shape: object) -> float:
    try:
        return area(shape)
    except Exception:
        return -1.0


def visited(value: object) -> int:
    try:
        return Visitor().visit(value)
    except Exception:
        return -1


def read(source: Readable) -> str:
    try:
        return source.read()
    except Exception:
        return "none"


def loaded(client: Client) -> str:
    try:
        return client.load()
    except Exception:
        return "none"


def chained(first: First) -> str:
    try:
        return first.load()
    except Exception:
        return "none"


NARROWED = []
ARRIVE = [
    ("Unknown", lambda: size(3)),
    ("ValueError", lambda: size("x")),
    ("IndexError", lambda: size([1])),
    ("Unknown", lambda: visited(3)),
    ("ValueError", lambda: visited("x")),
    ("KeyError", lambda: read(Memory())),
    ("Broken", lambda: read(Wire())),
    ("Broken", lambda: loaded(Client())),
    ("Broken", lambda: chained(Both())),
]
