"""Methods that no text names: hashing in braces, reflected operators, descriptors, attributes that are set, tests of truth."""

import functools
import operator
from collections import Counter, UserDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


class Odd(Exception):
    pass


def odd(*given: object) -> int:
    raise Odd


class Thing:
    def __lt__(self, other: object) -> bool:
        raise Odd

    def __eq__(self, other: object) -> bool:
        raise Odd

    def __hash__(self) -> int:
        raise Odd

    def __repr__(self) -> str:
        raise Odd

    def __bool__(self) -> bool:
        raise Odd

    def __radd__(self, other: object) -> int:
        raise Odd

    def __add__(self, other: object) -> int:
        raise Odd

    def __index__(self) -> int:
        raise Odd


class Rows:
    def __getitem__(self, place: int) -> int:
        raise Odd


class Price:
    def __get__(self, owner: object, cls: type | None = None) -> int:
        raise Odd

    def __set__(self, owner: object, value: int) -> None:
        raise Odd


class Shop:
    price = Price()

    def __init__(self) -> None:
        pass

    @property
    def name(self) -> str:
        raise Odd

    @name.setter
    def name(self, value: str) -> None:
        raise Odd


class Shut:
    def __setattr__(self, name: str, value: object) -> None:
        raise Odd

    def __delattr__(self, name: str) -> None:
        raise Odd


class Every:
    def __getattribute__(self, name: str) -> object:
        raise Odd

    def known(self) -> int:
        return 1


class Missing:
    def __getattr__(self, name: str) -> object:
        raise Odd


class Store(UserDict):  # type: ignore[type-arg]
    def __getitem__(self, key: str) -> int:
        raise Odd


class Colour(Enum):
    RED = 1

    @property
    def shade(self) -> int:
        raise Odd


class Kinds:
    def __instancecheck__(self, instance: object) -> bool:
        raise Odd


@dataclass(order=True)
class Pair:
    first: Thing


@dataclass
class Filled:
    value: int = field(default_factory=odd)


@functools.lru_cache
def kept(thing: object) -> int:
    return 1


def in_braces() -> int:
    prices = {"a": 1}
    try:
        return len({Thing()}) + prices["b"]
    except Exception:
        return -1


def as_a_key() -> int:
    prices = {"a": 1}
    try:
        return len({Thing(): 1}) + prices["b"]
    except Exception:
        return -1


def as_a_key_of_many() -> int:
    prices = {"a": 1}
    try:
        return len({thing: 1 for thing in [Thing()]}) + prices["b"]
    except Exception:
        return -1


def in_a_set() -> int:
    prices = {"a": 1}
    try:
        return len(set([Thing()])) + prices["b"]
    except Exception:
        return -1


def counted() -> int:
    prices = {"a": 1}
    try:
        return len(Counter([Thing()])) + prices["b"]
    except Exception:
        return -1


def cached() -> int:
    prices = {"a": 1}
    try:
        return kept(Thing()) + prices["b"]
    except Exception:
        return -1


def same_lists() -> int:
    prices = {"a": 1}
    try:
        return ([Thing()] == [Thing()]) + prices["b"]
    except Exception:
        return -1


def ordered_tuples() -> int:
    prices = {"a": 1}
    try:
        return ((1, Thing()) < (1, Thing())) + prices["b"]
    except Exception:
        return -1


def found() -> int:
    prices = {"a": 1}
    try:
        return [Thing()].index(Thing()) + prices["b"]
    except Exception:
        return -1


def removed() -> int:
    prices = {"a": 1}
    try:
        [Thing()].remove(Thing())
        return prices["b"]
    except Exception:
        return -1


def greater() -> int:
    prices = {"a": 1}
    try:
        max(Thing(), Thing())
        return prices["b"]
    except Exception:
        return -1


def written() -> str:
    prices = {"a": "b"}
    try:
        return str([Thing()]) + prices["b"]
    except Exception:
        return ""


def formatted() -> str:
    prices = {"a": "b"}
    try:
        return "%s %s" % (1, Thing()) + prices["b"]
    except Exception:
        return ""


def added_from_the_right() -> int:
    prices = {"a": 1}
    try:
        return 1 + Thing() + prices["b"]
    except Exception:
        return -1


def summed() -> int:
    prices = {"a": 1}
    thing = Thing()
    try:
        return sum([thing, thing]) + prices["b"]
    except Exception:
        return -1


def sliced() -> int:
    prices = {"a": 1}
    thing = Thing()
    try:
        return len([1, 2][thing:]) + prices["b"]
    except Exception:
        return -1


def any_of() -> int:
    prices = {"a": 1}
    try:
        return any(thing for thing in [Thing()]) + prices["b"]
    except Exception:
        return -1


def chosen() -> int:
    prices = {"a": 1}
    try:
        return len([1 for thing in [Thing()] if thing]) + prices["b"]
    except Exception:
        return -1


def asserted() -> int:
    prices = {"a": 1}
    try:
        assert Thing()
        return prices["b"]
    except Exception:
        return -1


def iterated() -> int:
    prices = {"a": 1}
    try:
        return [row for row in Rows()][0] + prices["b"]
    except Exception:
        return -1


def listed() -> int:
    prices = {"a": 1}
    try:
        return list(Rows())[0] + prices["b"]
    except Exception:
        return -1


def unpacked() -> int:
    prices = {"a": 1}
    try:
        left, right = Rows()
        return left + right + prices["b"]
    except Exception:
        return -1


def described() -> int:
    prices = {"a": 1}
    try:
        return Shop().price + prices["b"]
    except Exception:
        return -1


def described_and_set() -> int:
    prices = {"a": 1}
    try:
        Shop().price = 3
        return prices["b"]
    except Exception:
        return -1


def set_by_name() -> int:
    prices = {"a": 1}
    try:
        setattr(Shop(), "name", "x")
        return prices["b"]
    except Exception:
        return -1


def read_by_name() -> int:
    prices = {"a": 1}
    try:
        return len(getattr(Shop(), "name")) + prices["b"]
    except Exception:
        return -1


def shut() -> int:
    prices = {"a": 1}
    try:
        Shut().name = "x"
        return prices["b"]
    except Exception:
        return -1


def deleted() -> int:
    prices = {"a": 1}
    try:
        del Shut().name
        return prices["b"]
    except Exception:
        return -1


def every_attribute() -> int:
    prices = {"a": 1}
    try:
        return Every().known() + prices["b"]
    except Exception:
        return -1


def asked() -> int:
    prices = {"a": 1}
    try:
        return hasattr(Missing(), "name") + prices["b"]
    except Exception:
        return -1


def with_a_default() -> object:
    prices = {"a": 1}
    try:
        return getattr(Missing(), "name", None) or prices["b"]
    except Exception:
        return -1


def gotten() -> int:
    prices = {"a": 1}
    try:
        return Store(a=1).get("a") + prices["b"]
    except Exception:
        return -1


def of_a_kind() -> int:
    prices = {"a": 1}
    try:
        return isinstance(1, Kinds()) + prices["b"]
    except Exception:
        return -1


def same_pairs() -> int:
    prices = {"a": 1}
    try:
        return (Pair(Thing()) == Pair(Thing())) + prices["b"]
    except Exception:
        return -1


def ordered_pairs() -> int:
    prices = {"a": 1}
    try:
        return (Pair(Thing()) < Pair(Thing())) + prices["b"]
    except Exception:
        return -1


def written_pairs() -> str:
    prices = {"a": "b"}
    try:
        return f"{Pair(Thing())}" + prices["b"]
    except Exception:
        return ""


def filled() -> int:
    prices = {"a": 1}
    try:
        return Filled().value + prices["b"]
    except Exception:
        return -1


def by_a_getter() -> int:
    prices = {"a": 1}
    try:
        return len(operator.attrgetter("name")(Shop())) + prices["b"]
    except Exception:
        return -1


def by_a_caller() -> int:
    prices = {"a": 1}
    try:
        return operator.methodcaller("known")(Every()) + prices["b"]
    except Exception:
        return -1


def of_a_member() -> int:
    prices = {"a": 1}
    try:
        return Colour.RED.shade + prices["b"]
    except Exception:
        return -1


def once() -> Iterator[int]:
    yield next(iter(()))


def ended() -> int:
    prices = {"a": 1}
    try:
        return sum(once()) + prices["b"]
    except Exception:
        return -1


NARROWED = ["in_braces", "described", "ended"]
ARRIVE = [
    ("Odd", in_braces),
    ("Odd", as_a_key),
    ("Odd", as_a_key_of_many),
    ("Odd", in_a_set),
    ("Odd", counted),
    ("Odd", cached),
    ("Odd", same_lists),
    ("Odd", ordered_tuples),
    ("Odd", found),
    ("Odd", removed),
    ("Odd", greater),
    ("Odd", written),
    ("Odd", formatted),
    ("Odd", added_from_the_right),
    ("Odd", summed),
    ("Odd", sliced),
    ("Odd", any_of),
    ("Odd", chosen),
    ("Odd", asserted),
    ("Odd", iterated),
    ("Odd", listed),
    ("Odd", unpacked),
    ("Odd", described),
    ("Odd", described_and_set),
    ("Odd", set_by_name),
    ("Odd", read_by_name),
    ("Odd", shut),
    ("Odd", deleted),
    ("Odd", every_attribute),
    ("Odd", asked),
    ("Odd", with_a_default),
    ("Odd", gotten),
    ("Odd", of_a_kind),
    ("Odd", same_pairs),
    ("Odd", ordered_pairs),
    ("Odd", written_pairs),
    ("Odd", filled),
    ("Odd", by_a_getter),
    ("Odd", by_a_caller),
    ("Odd", of_a_member),
    ("RuntimeError", ended),
]
