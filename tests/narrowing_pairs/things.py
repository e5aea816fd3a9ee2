"""What the expressions of the pairs use."""

import asyncio, contextlib, functools, json, operator, os, re, struct, sqlite3, zlib
from collections.abc import Iterator


class Odd(Exception):
    pass


class Amount:
    """All that it does raises."""

    def __init__(self, v: int) -> None:
        self.v = v

    def __add__(self, other: "Amount") -> "Amount":
        raise Odd

    def __str__(self) -> str:
        raise Odd

    def __bool__(self) -> bool:
        raise Odd

    def __iter__(self):
        raise Odd

    def __getitem__(self, k: int) -> int:
        raise Odd

    def __len__(self) -> int:
        raise Odd

    def __contains__(self, o: object) -> bool:
        raise Odd

    def __call__(self) -> int:
        raise Odd

    def __enter__(self) -> "Amount":
        raise Odd

    def __exit__(self, *a: object) -> None:
        pass

    def __eq__(self, o: object) -> bool:
        raise Odd

    def __hash__(self) -> int:
        return 1

    @property
    def p(self) -> int:
        raise Odd

    @staticmethod
    def s() -> int:
        raise Odd

    @classmethod
    def c(cls) -> int:
        raise Odd


AMOUNT = Amount(1)
PRICES: dict[str, int] = {"here": 1}
NAMES: list[int] = []
PATTERN = "("


def odd() -> int:
    raise Odd


def numbers() -> Iterator[int]:
    yield 1
    raise Odd


def key(x: int) -> int:
    raise Odd
