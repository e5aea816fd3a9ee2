"""What is looked for, and where: all that is known before anything is read. Imports nothing that reads."""

from __future__ import annotations

import re

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
