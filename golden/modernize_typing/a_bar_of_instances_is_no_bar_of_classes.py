# args: --target-version 3.10
from enum import Flag
from typing import Optional


class Query:
    def __or__(self, other: Optional["Query"]) -> "Query": ...


class Permission(Flag):
    READ = 1


def f(a: Optional[Query], b: Optional[Permission]) -> None: ...
# output
from enum import Flag


class Query:
    def __or__(self, other: "Query | None") -> "Query": ...


class Permission(Flag):
    READ = 1


def f(a: Query | None, b: Permission | None) -> None: ...
