"""The clauses of a file that take every exception: one answer for the flow, the codemod and the audit."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ...engine.names import Names, last_name
from ...engine.source import Source, statements

Kind = Literal["Exception", "BaseException", "bare"]
EVERYTHING: dict[str, Kind] = {"builtins.Exception": "Exception", "builtins.BaseException": "BaseException"}
# every such clause has one of these
_IN_TEXT = re.compile(r"(?<!\w)(?:(?:Base)?Exception(?!\w)|except[\s\\]*:)")


@dataclass(frozen=True, eq=False)
class Broad:
    """One clause. `statement` is the `try` or the `with` that it belongs to, `beside` what else its tuple names. `alias` is the
    name of this module that stands for all of it, where the clause has no more than that."""

    kind: Kind
    node: ast.ExceptHandler | ast.Call
    statement: ast.Try | ast.TryStar | ast.With | ast.AsyncWith
    beside: tuple[ast.expr, ...] = ()
    alias: str = ""

    @property
    def line(self) -> int:
        return self.node.lineno


def broad_clauses(file: Source) -> tuple[Broad, ...]:
    """`except:`, `except Exception`, `except BaseException`, one of them in a tuple, and `contextlib.suppress(Exception)`, in the order of the text."""
    return file.once(_find)


def _find(file: Source) -> tuple[Broad, ...]:
    if not _IN_TEXT.search(file.text):
        return ()
    return tuple(sorted(_clauses(file.once(Names), file.tree), key=lambda b: (b.node.lineno, b.node.col_offset)))


def _clauses(names: Names, tree: ast.Module) -> Iterator[Broad]:
    for node in statements(tree.body, inside=True):
        match node:
            case ast.Try(handlers=handlers) | ast.TryStar(handlers=handlers):
                for handler in handlers:
                    types = [] if handler.type is None else _members(handler.type)
                    if handler.type is None:
                        yield Broad(kind="bare", node=handler, statement=node)
                    elif found := _broadest(names, types):
                        yield Broad(kind=found[0], node=handler, statement=node, beside=found[1])
                    elif found := _aliased(names, handler.type):
                        alias = last_name(handler.type)
                        yield Broad(kind=found[0], node=handler, statement=node, alias=alias)
            case ast.With(items=items) | ast.AsyncWith(items=items):
                for item in items:
                    match item.context_expr:
                        case ast.Call(func=func, args=types) as call if found := _broadest(names, types):
                            if names.meaning(func) == "contextlib.suppress":
                                yield Broad(kind=found[0], node=call, statement=node, beside=found[1])


def _members(node: ast.expr) -> Sequence[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]


def _broadest(names: Names, types: Sequence[ast.expr]) -> tuple[Kind, tuple[ast.expr, ...]] | None:
    """The broadest of some types that takes everything, and the others; None where none does."""
    renamed = "builtins" in names.file.text  # `from builtins import Exception as Everything`
    named = [n for n in types if renamed or last_name(n) in ("Exception", "BaseException")]
    kinds = {node: EVERYTHING[meaning] for node in named if (meaning := _meaning(names, node)) in EVERYTHING}
    if not kinds:
        return None
    kind: Kind = "BaseException" if "BaseException" in kinds.values() else "Exception"
    return kind, tuple(node for node in types if node not in kinds)


def _aliased(names: Names, node: ast.expr) -> tuple[Kind, tuple[ast.expr, ...]] | None:
    """The same of a name that this module gives to a type or a tuple of them: `ERRORS = (ValueError, Exception)`."""
    held = names.followed(node) if isinstance(node, ast.Name) and node.id in names.module.names else node
    return _broadest(names, _members(held)) if held is not node else None


def _meaning(names: Names, node: ast.expr) -> str:
    """What a type means; of a name that a star import might bring, what Python calls so."""
    found = names.meaning(node)
    unbound = isinstance(node, ast.Name) and names.scope(node).find(node.id) is None
    return found or (f"builtins.{node.id}" if isinstance(node, ast.Name) and unbound else "")
