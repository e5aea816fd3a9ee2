"""What is looked for, and where: all that is known before anything is read. Imports nothing that reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

# what is looked into, beside Python
GLOBS = (
    "*.pyx", "*.pxd", "*.toml", "*.cfg", "*.ini", "*.rst", "*.md", "*.txt", "*.html", "*.jinja", "*.jinja2", "*.j2", "*.ipynb",
    "*.yaml", "*.yml", "*.json", "*.sh", "MANIFEST.in", "CODEOWNERS", "Dockerfile*", "Makefile", ".coveragerc", ".importlinter",
)  # fmt: skip
PARAMETER = re.compile(r"(.+)\((\w+)\)")  # `pkg.mod.f(old)`


def word_of(dotted: str) -> str:
    """The word that the references to a dotted name hold: `old` of `pkg.mod.old` and of `pkg.mod.f(old)`."""
    found = PARAMETER.fullmatch(dotted)
    return found[2] if found else dotted.rpartition(".")[2]


def files_of(modules: Iterable[str]) -> tuple[str, ...]:
    """The files that modules may lie in, so that one that is not there is seen."""
    inner = sorted({dotted.replace(".", "/") for dotted in modules})
    return tuple(f"{above}{each}{end}" for each in inner for above in ("", "*/") for end in (".py", "/__init__.py"))
