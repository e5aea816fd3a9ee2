"""Which calls of a test file are the mock library's, by scope and not by spelling."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..engine.bindings import canonical
from ..engine.names import chain
from ..engine.source import Source
from .flow import Flow
from .value import LIBRARIES, MOCKERS, MOCKS, Value

_OF_LIBRARY = re.compile(rf"({'|'.join(map(re.escape, LIBRARIES))}|mocker)\.(.*)")


@dataclass(frozen=True, eq=False)
class Patch:
    """A call that puts something in the place of an attribute. `new` is None where a mock is made."""

    name: Literal["patch", "patch.object", "patch.multiple", "setattr"]
    call: ast.Call
    targets: tuple[Value, ...]
    new: ast.expr | None
    keywords: dict[str, ast.expr]


class Library:
    """The names of the mock library in one file, and constant texts."""

    def __init__(self, file: Source) -> None:
        self.file = file
        self.places = Flow(file)
        self._dotted: dict[ast.AST, str] = {}

    def dotted(self, node: ast.AST) -> str:
        """The dotted name that a callee means; "mocker.patch" and "monkeypatch.setattr" for the fixtures."""
        if node not in self._dotted:
            self._dotted[node] = self._named(node)
        return self._dotted[node]

    def _named(self, node: ast.AST) -> str:
        node, rest = chain(node)
        if not isinstance(node, ast.Name):
            return ""
        scope, path = self.places.lookup(node)
        if scope is not None:
            path = self._fixture_object(node)
        return canonical(path + rest, self.file.origins) if path else ""

    def _fixture_object(self, node: ast.Name) -> str:
        if node.id in MOCKERS:
            return "mocker"
        if node.id in ("monkeypatch", "mp"):
            return "monkeypatch"
        root = self.places.root(node)
        for binding in self.places.bindings.get(root, []) if root else []:
            declared = self.places.types.annotation(binding.annotation, {})
            if declared.endswith((".MockerFixture*", ".MockFixture*")):
                return "mocker"
            if declared.endswith("MonkeyPatch*"):
                return "monkeypatch"
        return ""

    def split(self, node: ast.AST) -> tuple[str, str]:
        """(library, name) of a callee of the mock library, ("", "") for anything else."""
        match = _OF_LIBRARY.match(self.dotted(node))
        return (match[1], match[2]) if match else ("", "")

    def mock_name(self, node: ast.AST) -> str:
        """`Mock`, `patch.object`, `create_autospec`, … for a callee of the mock library; else ""."""
        return self.split(node)[1]

    def constructor(self, node: ast.AST) -> str:
        """The class name where a node is a call of Mock, MagicMock or AsyncMock."""
        name = self.mock_name(node.func) if isinstance(node, ast.Call) else ""
        return name if name in MOCKS else ""

    @cached_property
    def subclasses(self) -> set[str]:
        """The file's own classes that inherit from a mock class."""
        own = (s for s in self.file.tree.body if isinstance(s, ast.ClassDef))
        return {f"~.{cls.name}" for cls in own for base in cls.bases if self.mock_name(base) in MOCKS}

    @staticmethod
    def spec(node: ast.Call, wraps: bool = True) -> ast.expr | None:
        """The object that a mock is specified by or wraps; a list of names is no type."""
        given = [node.args[0]] if node.args and not isinstance(node.args[0], ast.Starred) else []
        given += [k.value for k in node.keywords if k.arg in ("spec", "spec_set") or (wraps and k.arg == "wraps")]
        return next((s for s in given if not isinstance(s, ast.List | ast.Tuple | ast.Constant)), None)

    def text(self, node: ast.expr | None) -> str:
        """A constant string; an f-string or a sum of strings that are bound once in the module."""
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.JoinedStr(values=pieces):
                return self._joined(pieces)
            case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
                return self.text(value)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._joined([left, right])
            case ast.Name():
                place = self.places.root(node)
                bindings = self.places.bindings.get(place, []) if place else []
                if len(bindings) == 1 and isinstance(bindings[0].value, ast.Constant | ast.JoinedStr | ast.BinOp):
                    return self.text(bindings[0].value)
        return ""

    def texts(self, node: ast.expr | None) -> list[str]:
        """A constant string, or the several that a loop over strings gives a name."""
        if text := self.text(node):
            return [text]
        wanted = node.id if isinstance(node, ast.Name) else ""
        for loop in self.file.ancestors(node) if node is not None and wanted else ():
            match loop:
                case ast.For(
                    target=ast.Name(id=name),
                    iter=ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items),
                ) if name == wanted:
                    found = [self.text(item) for item in items]
                    return found if all(found) else []
        return []

    def _joined(self, pieces: Iterable[ast.expr]) -> str:
        texts = [self.text(p) for p in pieces]
        return "".join(texts) if all(texts) else ""
