"""Make the suite of the files that were scanned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...engine.codemod import OptionError
from ...engine.known import Known, Project
from ..modules import Modules
from .config import read
from .resolve import Suite
from .settings import PytestConfig
from .tests import TestFile


def suite_of(known: Known, pytest_config: str = "") -> Suite:
    """The suite of all files that `scan` gave facts of. `pytest_config` names the configuration that is in force for
    every file. Raises OptionError."""
    return build(known.facts, known.project, pytest_config)


def build(parts: Mapping[str, TestFile], project: Project, pytest_config: str = "", ignoring: bool = True) -> Suite:
    """The suite of some files; what the configurations say of paths is worked out once for a project."""
    return replace(project.once(_unscanned, pytest_config, ignoring), scanned=dict(sorted(parts.items())))


def _unscanned(project: Project, pytest_config: str, ignoring: bool) -> Suite:
    return Suite({}, project.once(Modules), _forced(project, pytest_config), ignoring)


def _forced(project: Project, path: str) -> PytestConfig | None:
    """The configuration that `--pytest-config PATH` puts in force. Raises OptionError."""
    if not path:
        return None
    text = project.texts.get(path)
    found = read(path, text) if text is not None else None
    if found is None:
        raise OptionError("pytest_config", path, "a pytest configuration file of the project is needed")
    return found
