"""A module or package that is renamed: its files, and what is in their way."""

from __future__ import annotations

import sys
from collections.abc import Container

from ..engine.known import Project
from ..facts.references.symbols import References, Symbol


def moves(project: Project, symbol: Symbol, new: str) -> dict[str, str]:
    """The files of a module, with their new places: of a package all that lies in its folder; of a module its stub, too."""
    path = symbol.path
    if path.endswith("/__init__.py"):
        folder = path.removesuffix("/__init__.py")
        to = _renamed(folder, new)
        return {each: to + each[len(folder) :] for each in project.below(folder)}
    stem = path.rpartition(".")[0]
    found = (each for each in (f"{stem}.py", f"{stem}.pyi") if each in project.paths)
    return {each: f"{_renamed(stem, new)}.{each.rpartition('.')[2]}" for each in found}


def _renamed(path: str, new: str) -> str:
    folder, slash, _ = path.rpartition("/")
    return f"{folder}{slash}{new}"


def in_the_way(references: References, standing: Container[str], symbol: Symbol, new: str) -> str:
    """Why no module can have the new name; "" where one can."""
    path = symbol.path.removesuffix("/__init__.py").removesuffix(".py")
    name = path.rpartition("/")[2]
    if name in ("__init__", "__main__", "conftest", "setup"):
        return f"{name} is found by its name"
    to = _renamed(path, new)
    for taken in (f"{to}.py", f"{to}.pyi", f"{to}/__init__.py"):
        if taken in standing:
            return f"there is {taken} already"
    folder = path.rpartition("/")[0]
    package = f"{folder}/__init__.py" if folder else ""
    table = references.files[package].table if package in references.files else None
    if table is not None and new in table.names:
        return f"{package} binds {new} already"
    if not references.modules.is_package(folder) and new in sys.stdlib_module_names:
        return f"{new} is a module of the standard library"
    return ""
