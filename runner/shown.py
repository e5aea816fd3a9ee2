"""`codemod run NAME --show-settings`: each setting with the place that it comes from, as TOML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from codemods.engine.options import toml

from .config import SETTINGS
from .request import Asked, make_steps, settings_of
from .settings import Configuration


def shown(asked: Asked, where: Path, configuration: Configuration) -> str:
    """The runner's settings, then a table for each step of what was named. Raises as `make_options` does."""
    files = configuration.all.files
    lines = [f"# configuration: {file}" for file in files] or ["# configuration: none"]
    given = settings_of(asked, configuration.all)
    for name, option in SETTINGS.items():
        lines.append(_line(option.flag[2:], *given.get(name, (option.default, None))))
    for step in make_steps(asked, where, configuration.all):
        lines += ["", "[[step]]", f"codemod = {toml(step.where)}"]
        for name, option in step.options.items():
            if name in step.values or not option.required:
                lines.append(_line(option.flag[2:], *step.values.get(name, (option.default, None))))
            else:
                lines.append(f"# {option.flag[2:]} is required")
    return "\n".join([*lines, ""])


def _line(name: str, value: Any, place: str | None) -> str:
    return f"{name} = {toml(value)}  # {'default' if place is None else place or 'command line'}"
