"""Which code answers on a machine: two that differ could give two answers to one question."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from codemods.engine import registry

from .. import __version__
from ..cache import code_content, content_digest, folder_digest

Identity = Mapping[str, str]  # what it is called in the one line of a difference → what it is
_PACKAGES = ("libcst", "distributed")
_RUNNER = Path(__file__).parent.parent


class Differs(Exception):
    """A worker does not have what the run stands on. The message says what, and where."""


@cache
def identity(installed: tuple[str, ...]) -> Identity:
    """Python, packages and code of this machine; `installed` are codemods of other distributions, by name."""
    found = {"Python": ".".join(platform.python_version_tuple()[:2])}
    found |= {package: _version(package) for package in _PACKAGES}
    found["codemod"] = f"{__version__} ({content_digest(_RUNNER)}-{code_content('')})"
    return found | {name: _content(name) for name in installed}


def on_disk() -> bytes:
    """Changes when the code on this machine is replaced by other code."""
    return folder_digest(_RUNNER) + folder_digest(_RUNNER.with_name("codemods"))


def from_elsewhere(names: Iterable[str]) -> tuple[str, ...]:
    """Of some codemods those that neither codemod brings nor the user has written: other distributions do."""
    return tuple(sorted({n for n in names if not n.endswith(".py") and not registry.is_built_in(n)}))


def difference(here: Identity, there: Identity) -> str:
    """What is not the same, in words; "" where all is."""
    told = [f"{n} is {here[n]} here and {there.get(n, 'not known')} there" for n in here if here[n] != there.get(n)]
    return ", ".join(told)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _content(name: str) -> str:
    try:
        return code_content(name)
    except registry.UnknownCodemod:
        return "missing"
