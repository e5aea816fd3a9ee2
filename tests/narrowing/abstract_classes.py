"""Abstract methods: what the children raise arrives."""

from abc import ABC, abstractmethod


class Missing(Exception):
    pass


class Source(ABC):
    @abstractmethod
    def read(self, name: str) -> str: ...

    def number(self, name: str) -> int:
        return int(self.read(name))


class Memory(Source):
    def read(self, name: str) -> str:
        return {"a": "1"}[name]


class Files(Source):
    def read(self, name: str) -> str:
        with open(name, encoding="utf-8") as file:
            return file.read()


class Nothing(Source):
    def read(self, name: str) -> str:
        raise Missing(name)


class Half(Source):
    def read(self, name: str) -> str:
        raise NotImplementedError


def number(source: Source, name: str) -> int:
    try:
        return source.number(name)
    except Exception:
        return -1


def read(source: Source, name: str) -> str:
    try:
        return source.read(name)
    except Exception:
        return "none"


NARROWED = ["number", "read"]
ARRIVE = [
    ("KeyError", lambda: number(Memory(), "b")),
    ("FileNotFoundError", lambda: number(Files(), "/no/such/file")),
    ("Missing", lambda: number(Nothing(), "b")),
    ("ValueError", lambda: number(Files(), "/dev/null")),
    ("KeyError", lambda: read(Memory(), "b")),
    ("IsADirectoryError", lambda: read(Files(), "/")),
    ("Missing", lambda: read(Nothing(), "b")),
]
PROGRAMMING = [
    ("NotImplementedError", lambda: number(Half(), "b")),
    ("NotImplementedError", lambda: read(Half(), "b")),
]
