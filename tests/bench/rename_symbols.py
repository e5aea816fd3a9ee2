"""Symbols of a project, drawn by a seed, each with a fresh name that stands nowhere in it."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Kind = Literal["function", "class", "method", "constant", "module"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Symbol:
    """One definition, where its name stands (a module: nowhere), and its fresh name."""

    kind: Kind
    dotted: str
    path: str
    line: int
    column: int  # in characters
    fresh: str = ""

    @property
    def word(self) -> str:
        return self.dotted.rpartition(".")[2]

    @property
    def renamed(self) -> str:
        above, dot, _ = self.dotted.rpartition(".")
        return f"{above}{dot}{self.fresh}"


def symbols(folder: Path, packages: Sequence[str], root: str) -> Iterator[Symbol]:
    """All that can be drawn: what modules of the packages define by themselves, and methods of their classes."""
    for package in packages:
        for path in sorted((folder / root / package).rglob("*.py")):
            parts = path.relative_to(folder / root).with_suffix("").parts
            if not all(map(str.isidentifier, parts)) or "tests" in parts:
                continue
            name = path.relative_to(folder).as_posix()
            dotted = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if "." in dotted and parts[-1] != "__main__":
                yield Symbol(kind="module", dotted=dotted, path=name, line=1, column=0)
            text = path.read_bytes().decode()
            yield from _defined(ast.parse(text), text.split("\n"), dotted, name)


def _defined(tree: ast.Module, lines: list[str], dotted: str, path: str) -> Iterator[Symbol]:
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield _named("function", node, lines, dotted, path)
            case ast.ClassDef():
                yield _named("class", node, lines, dotted, path)
                for member in node.body:
                    if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef):
                        yield _named("method", member, lines, f"{dotted}.{node.name}", path)
            case ast.Assign(targets=[ast.Name() as name]) | ast.AnnAssign(target=ast.Name() as name):
                if name.id.isupper():
                    yield Symbol(kind="constant", dotted=f"{dotted}.{name.id}", path=path, line=name.lineno, column=0)


def _named(
    kind: Kind, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, lines: list[str], owner: str, path: str
) -> Symbol:
    column = re.compile(rf"\b{node.name}\b").search(lines[node.lineno - 1], node.col_offset + len("def"))
    assert column is not None, f"{path}:{node.lineno}: {node.name}"
    return Symbol(kind=kind, dotted=f"{owner}.{node.name}", path=path, line=node.lineno, column=column.start())


def draw(found: Sequence[Symbol], texts: str, seed: int, each: int) -> list[Symbol]:
    """`each` of every kind, or all where there are fewer; those with names that Python looks for are none."""
    rng = random.Random(seed)
    drawn: list[Symbol] = []
    for kind in KINDS:
        once = {s.dotted: s for s in found if s.kind == kind and not s.word.startswith("__")}
        for symbol in rng.sample([*once.values()], min(each, len(once))):
            drawn.append(Symbol(**{**vars(symbol), "fresh": _fresh(symbol, texts, rng)}))
    return drawn


def _fresh(symbol: Symbol, texts: str, rng: random.Random) -> str:
    """A name as the project would write it, which sorts before or behind the old one."""
    word = symbol.word
    bare = word.lstrip("_")
    marks = word[: len(word) - len(bare)]
    match symbol.kind:
        case "class":
            names = [f"Fresh{bare[0].upper()}{bare[1:]}", f"{bare}Fresh", f"Zest{bare[0].upper()}{bare[1:]}"]
        case "constant":
            names = [f"FRESH_{bare}", f"{bare}_FRESH", f"ZEST_{bare}"]
        case _:
            names = [f"fresh_{bare}", f"{bare}_fresh", f"zest_{bare}"]
    fresh = [f"{marks}{name}" for name in names if not re.search(rf"\b{marks}{name}\b", texts)]
    return rng.choice(fresh)
