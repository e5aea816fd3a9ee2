"""What an expression of a test may hold: a type path, the evidence for it, and what sort of mock it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Sort = Literal["real", "plain", "spec", "autospec", "async", "fixture", "other", ""]  # "": cannot be told
Evidence = Literal["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8"]
LIBRARIES = ("unittest.mock", "mock.mock", "mock", "asynctest.mock", "asynctest")
BACKPORTS = ("mock.mock", "mock")
MOCKS: dict[str, Sort] = {"Mock": "plain", "MagicMock": "plain", "AsyncMock": "async"}
_OF_ATTRIBUTES: dict[Sort, Sort] = {"real": "", "spec": "plain"}
MOCKERS = {"mocker", "class_mocker", "module_mocker", "package_mocker", "session_mocker"}
# attributes that every mock has of its own: what follows them is no part of the mocked object
AWAIT_API = {
    "assert_awaited", "assert_awaited_once", "assert_awaited_with", "assert_awaited_once_with", "assert_any_await",
    "assert_has_awaits", "assert_not_awaited", "await_count", "await_args", "await_args_list",
}  # fmt: skip
OWN = AWAIT_API | {
    "side_effect", "assert_called", "assert_called_once", "assert_called_with", "assert_called_once_with",
    "assert_any_call", "assert_has_calls", "assert_not_called", "reset_mock", "mock_add_spec", "attach_mock",
    "configure_mock", "called", "call_count", "call_args", "call_args_list", "method_calls", "mock_calls",
}  # fmt: skip
CONTROL = {
    "spec", "spec_set", "wraps", "name", "unsafe", "side_effect", "autospec", "create", "new_callable", "instance",
}  # fmt: skip


@dataclass(frozen=True)
class Value:
    """What an expression may hold. `guard` is a patch's target: where that is a coroutine function,
    the mock is an AsyncMock all by itself, and so is everything it gives."""

    path: str
    evidence: Evidence = "V1"
    mock: Sort = ""
    guard: str = ""
    patcher: bool = False

    @property
    def real(self) -> bool:
        """No mock, as far as can be seen."""
        return self.mock in ("real", "")

    @property
    def callee(self) -> bool:
        """Whether the parameters of what it stands for are those of a real callable."""
        return bool(self.path) and self.mock in ("real", "", "fixture")


def weaker(a: Evidence, b: Evidence) -> Evidence:
    """The evidence of a chain: its weak link, else what was seen last."""
    return max(a, b) if max(a, b) >= "V6" else b


def step(value: Value, attribute: str) -> Iterator[Value]:
    """What an attribute of an object is."""
    if value.patcher or not attribute:
        return
    if not value.real and (attribute in OWN or value.mock == "other"):
        return
    path = f"{value.path}()" if attribute == "return_value" else f"{value.path}.{attribute}"
    mock = _OF_ATTRIBUTES.get(value.mock, value.mock)
    if attribute == "__aenter__" and mock == "plain":
        mock = "async"  # an AsyncMock of its own, and so is what it gives
    if value.path:
        yield replace(value, path=path, mock=mock)
    elif not value.real:
        yield replace(value, mock=mock)


def called(value: Value) -> Iterator[Value]:
    """What calling an object gives."""
    if value.patcher or not value.path:
        return
    if value.real:
        path = f"{value.path.removesuffix('.__new__')}()"
        yield replace(value, path=path, evidence=weaker(value.evidence, "V1"), mock="real")
    else:
        yield from step(value, "return_value")


def entered(value: Value) -> Iterator[Value]:
    """What `with` gives for an object: a patcher its mock, anything else what it enters as."""
    if value.patcher:
        yield replace(value, patcher=False)
    elif value.path:
        yield replace(value, path=f"{value.path}.__aenter__()", mock="" if value.real else value.mock)


def is_library_class(path: str) -> bool:
    """Whether a type path is a class of the mock library, which is no evidence for anything."""
    return any(path.startswith(f"{library}.") for library in LIBRARIES)
