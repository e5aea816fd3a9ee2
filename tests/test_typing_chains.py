"""What a rewritten chain of `|` means, asked of the running Python: the same operands as before, and no error."""

from __future__ import annotations

import random
import types
import typing
from collections.abc import Iterator

import pytest

from codemods.engine import golden

HEAD = """\
import multiprocessing
from typing import Any, Callable, Dict, List, Literal, Optional, Tuple, TypeVar, Union

T = TypeVar("T")


def make(): ...


class A: ...


Later = None | Optional[int]


"""
LEAVES = (
    "None", "int", "str", "A", "'A'", "'None'", "T", "Any", "make", "multiprocessing.Queue", "List[int]", "list[int]",
    "Dict[str, 'A']", "Callable[[], None]", "Literal['a', None]", "Tuple[()]", "'B'", "'int | None'", "Later", "List['A']",
)  # fmt: skip


def chains(chance: random.Random, depth: int = 3) -> str:
    """A type expression: a leaf, a bar, an Optional, a Union, a list of one, or any of them in quotes."""
    inner = [chains(chance, depth - 1) for _ in range(chance.randint(2, 3))] if depth else []
    match chance.randint(0, 9) if depth else 9:
        case 0 | 1 | 2:
            return " | ".join(inner)
        case 3:
            return f"({inner[0]}) | {inner[1]}"
        case 4 | 5:
            return f"Optional[{inner[0]}]"
        case 6 | 7:
            return f"Union[{', '.join(inner)}]"
        case 8:
            text = inner[0].replace("'", "").replace("Literal[a, None]", "int")
            return chance.choice([f"list[{inner[0]}]", f"'{text}'"])
    return chance.choice(LEAVES)


def hints(text: str, names: list[str]) -> Iterator[object]:
    """The type hint of each function, or the error that asking for it raises."""
    space: dict[str, typing.Any] = {"__name__": "case", "B": None}
    exec(text, space)
    space["B"] = space["A"]
    for name in names:
        try:
            yield _plain(typing.get_type_hints(space[name])["x"])
        except (NameError, TypeError) as error:
            yield error


def _plain(hint: object) -> object:
    """A hint without the difference of typing's and builtin forms, None and NoneType, X | X and X."""
    if hint is None:
        return "NoneType"
    origin, arguments = typing.get_origin(hint), [_plain(a) for a in typing.get_args(hint)]
    if origin in (typing.Union, types.UnionType):
        kinds = {repr(a): a for a in arguments}
        return tuple(sorted(kinds)) if len(kinds) > 1 else arguments[0]
    if isinstance(hint, list):
        return [_plain(item) for item in hint]
    name = getattr(hint, "__name__", repr(hint)) if origin is None else repr(origin)
    return name if not arguments else (name, *map(repr, arguments))


@pytest.mark.parametrize(("future", "seed"), [(False, 1), (True, 2)], ids=["at once", "on request"])
def test_a_chain_means_what_it_meant(future: bool, seed: int) -> None:
    chance = random.Random(seed)
    head = f"from __future__ import annotations\n{HEAD}" if future else HEAD
    space: dict[str, typing.Any] = {"__name__": "case"}
    exec(HEAD, space)
    functions: dict[str, str] = {}
    for number in range(120):
        chain = chains(chance)
        try:
            eval(chain, dict(space))
        except TypeError:  # a project has none such
            continue
        functions[f"f{number}"] = f"def f{number}(x: {chain}) -> None: ...\n"
    before = head + "\n\n".join(functions.values())
    result = golden.run("modernize-typing", ["--target-version", "3.11"], {"a.py": before.encode()})
    assert not result.composed.skips
    after = (result.changed["a.py"] or b"").decode()
    old, new = hints(before, [*functions]), hints(after, [*functions])
    lines = {line.partition("(")[0]: line for line in after.splitlines()}
    for (name, text), was, now in zip(functions.items(), old, new, strict=True):
        assert was == now or isinstance(was, Exception), f"{text}{lines[f'def {name}']}\n{was} became {now!r}"
    assert sum(text.strip() not in after for text in functions.values()) > 25
