"""Which calls of a test file are the mock library's, by scope and not by spelling."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property

from ..engine.bindings import canonical
from ..engine.names import chain
from ..engine.remember import remembered
from ..engine.source import Source
from ..facts.types.computed import ANY, Computed
from .places import Places
from .value import LIBRARIES, MOCKERS, MOCKS, Value

_OF_LIBRARY = re.compile(rf"({'|'.join(map(re.escape, LIBRARIES))}|mocker)\.(.*)")


@dataclass(frozen=True, eq=False)
class Patch:
    """A call that puts something in the place of an attribute. `new` is None where a mock is made."""

    name: str  # "patch", "patch.object", "patch.multiple" or "setattr"
    call: ast.Call
    targets: tuple[Value, ...]
    new: ast.expr | None
    keywords: dict[str, ast.expr]
    names: tuple[str, ...]  # of what it replaces, where texts say them


class Library:
    """The names of the mock library in one file, and constant texts."""

    def __init__(self, file: Source) -> None:
        self.file = file
        self.places = Places(file)
        self.computed = Computed(file, self.places.types)

    @remembered
    def dotted(self, node: ast.AST) -> str:
        """The dotted name that a callee means; "mocker.patch" and "monkeypatch.setattr" for the fixtures."""
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
        for binding in self.places.fillings(node):
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
        """A constant text; "" for one that is not known, or may be several."""
        found = self.texts(node)
        return found[0] if len(found) == 1 else ""

    def texts(self, node: ast.expr | None) -> list[str]:
        """All that a text may be, where that is known: several of a name that a loop gives one after the other."""
        found = self.computed.texts(node, depth=8) if node is not None else {ANY}
        return sorted(found) if not any(ANY in text for text in found) else []
