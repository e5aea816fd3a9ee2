"""One place that binds a name, and what an import statement binds."""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .source import Source
from .values import Import

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
ImportStatement = ast.Import | ast.ImportFrom
Kind = Literal["import", "class", "function", "parameter", "type", "value", "annotation", "other"]
# why a binding may not hold: only type checkers see it, a block, a `try`, its handlers, a function that says `global`
Guard = Literal["", "typing", "if", "try", "except", "global"]


@dataclass(frozen=True, slots=True)
class Binding:
    """One place that binds a name."""

    name: str
    kind: Kind
    node: ast.AST  # the value of an assignment; else what binds: an import, a definition, an argument, a target
    statement: ast.AST  # what it stands in, for a pattern or an argument that itself
    dotted: str = ""  # what an import binds it to
    guard: Guard = ""
    item: Import | None = None  # the import that an import makes

    @property
    def line(self) -> int:
        return self.statement.lineno  # type: ignore[attr-defined, no-any-return]

    @property
    def value(self) -> ast.expr | None:
        """What it gives the name as it is."""
        if isinstance(self.statement, ast.NamedExpr):
            return self.statement.value
        return self.node if self.kind == "value" and isinstance(self.node, ast.expr) else None

    @property
    def loop(self) -> ast.For | ast.AsyncFor | ast.comprehension | None:
        """The loop that gives the name one item after the other, or a part of each."""
        if isinstance(self.statement, Comprehension):
            return next(g for g in self.statement.generators if any(n is self.node for n in ast.walk(g.target)))
        return self.statement if isinstance(self.statement, ast.For | ast.AsyncFor) else None

    @property
    def is_none(self) -> bool:
        """Whether it sets the name to None."""
        return self.kind == "value" and isinstance(self.node, ast.Constant) and self.node.value is None


def is_one_import(bound: Sequence[Binding]) -> bool:
    """Whether one import gives a name, though it may stand several times, the first of them under no condition."""
    return not bound[0].guard and all(b.kind == "import" and b.item == bound[0].item for b in bound)


def imported(statement: ImportStatement) -> Iterator[tuple[str, str, Import]]:
    """(local name, dotted name it means, the import) for each alias; a star import has local name "*".

    A relative import keeps its leading dots: `from ..a import b` means "..a.b".
    """
    for alias in statement.names:
        if isinstance(statement, ast.Import):
            item = Import(alias.name, "", alias.asname or "")
            yield item.binds, alias.name if alias.asname else item.binds, item
        else:
            module = "." * statement.level + (statement.module or "")
            item = Import(module, alias.name, alias.asname or "")
            yield item.binds, joined(module, alias.name), item


def joined(module: str, name: str) -> str:
    """What an import brings, as one dotted name."""
    return module + ("" if not name or module.endswith(".") else ".") + name


def canonical(dotted: str, origins: Mapping[str, str]) -> str:
    """What a dotted name means, with `Source.origins`: "unittest.mock.Mock" for ".compat.Mock"."""
    end = len(dotted) if origins else 0
    while end > 0:
        if (meaning := origins.get(dotted[:end])) is not None:
            return meaning + dotted[end:]
        end = dotted.rfind(".", 0, end)
    return dotted


def checking_names(file: Source) -> frozenset[str]:
    """What TYPE_CHECKING is called in a file."""
    found: set[str | None] = set()
    for match in re.finditer(r"TYPE_CHECKING\b(?:[ \t]+as[ \t]+(\w+))?", file.text):
        before = file.text[file.text.rfind("\n", 0, match.start()) + 1 : match.start()]
        assigned = re.fullmatch(r"(\w+)[ \t]*=[ \t]*(?:\w+\.)?", before)
        found |= {"TYPE_CHECKING", match[1], assigned and assigned[1]}
    return frozenset(name for name in found if name)


def checking_branch(statement: ast.AST, names: Container[str]) -> str:
    """Which branch of an `if` only type checkers see: "body", "orelse" of `if not TYPE_CHECKING`, or ""."""
    match statement:
        case ast.If(test=ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name) | ast.Attribute(attr=name))):
            return "orelse" if name in names else ""
        case ast.If(test=ast.Name(id=name) | ast.Attribute(attr=name)):
            return "body" if name in names else ""
        case ast.If(test=ast.BoolOp(op=ast.And(), values=values)):
            found = [getattr(v, "id", getattr(v, "attr", "")) for v in values]
            return "body" if any(name in names for name in found) else ""
    return ""
