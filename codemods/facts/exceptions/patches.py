"""What a call of a test patches: `mock.patch` in its forms, pytest-mock's `mocker.patch`, `monkeypatch.setattr`, `setattr`."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import NamedTuple

from ...engine.names import Names, keywords
from ...engine.source import Source

MOCKS = {"Mock", "MagicMock", "NonCallableMock", "NonCallableMagicMock", "AsyncMock", "create_autospec", "stub"}
_MODULES = ("unittest.mock.", "mock.", "asyncmock.", "pytest_mock.")
_MOCKERS = {"mocker", "class_mocker", "module_mocker", "package_mocker", "session_mocker"}


class Stands(NamedTuple):
    """What an object stands for: a type path, and its front part that is replaced where it is looked up; "" for an object
    that is changed itself."""

    path: str
    patched: str = ""

    def step(self, name: str) -> Stands:
        return self.called() if name == "return_value" else Stands(f"{self.path}.{name}", self.patched)

    def called(self) -> Stands:
        return Stands(f"{self.path}()", self.patched)


class Patches:
    """The patches of one file."""

    def __init__(self, file: Source) -> None:
        self.file = file
        self.names = file.once(Names)

    def objects(self, node: ast.AST) -> Iterable[Stands]:
        """What an expression stands for."""
        raise NotImplementedError

    def patched_by(self, call: ast.Call) -> str:
        """The last name of what patches something: "patch", "object", "multiple", "setattr"; "" for any other call."""
        match call.func:
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if name in _MOCKERS and attr in ("patch", "spy"):
                return "patch" if attr == "patch" else ""
            case ast.Attribute(value=ast.Attribute(value=ast.Name(id=name), attr="patch"), attr=attr) if (
                name in _MOCKERS
            ):
                return attr if attr in ("object", "multiple") else ""
            case ast.Attribute(value=ast.Name(id=name), attr="setattr") if name in ("monkeypatch", "mp"):
                return "setattr"
        meaning = self.names.meaning(call.func)
        for module in _MODULES:
            if meaning.startswith(f"{module}patch"):
                last = meaning.rpartition(".")[2]
                return last if last in ("patch", "object", "multiple") else ""
        return "setattr" if meaning == "builtins.setattr" else ""

    def patch(self, call: ast.Call) -> list[Stands] | None:
        """What a call patches; None for any other call."""
        kind = self.patched_by(call)
        given = keywords(call)
        first = call.args[0] if call.args else given.get("target")
        if not kind or first is None:
            return None
        if kind == "patch" or (kind == "setattr" and self._text(first)):
            text = self._text(first)
            return [Stands(text, text)] if "." in text else []
        owners = [Stands(self._text(first))] if self._text(first) else list(self.objects(first))
        if kind == "multiple":
            return owners
        second = call.args[1] if len(call.args) > 1 else given.get("attribute", given.get("name"))
        name = self._text(second) if second is not None else ""
        paths = [found.step(name).path for found in owners] if name else []
        return [Stands(path, path) for path in paths]

    def _text(self, node: ast.expr) -> str:
        return text_of(self.names.followed(node))

    def replaces(self, call: ast.Call) -> bool:
        """Whether a patch says what it puts there: then a test gets no argument of it."""
        return "new" in keywords(call) or len(call.args) > (2 if self.patched_by(call) == "object" else 1)

    def mock(self, call: ast.Call) -> bool:
        func = call.func
        if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in _MOCKERS:
            return func.attr in MOCKS
        meaning = self.names.meaning(func)
        return meaning.startswith(_MODULES) and meaning.rpartition(".")[2] in MOCKS


def text_of(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
