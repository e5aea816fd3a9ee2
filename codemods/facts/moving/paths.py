"""How modules are named: as a file, absolute, relative to a file."""

from __future__ import annotations

from posixpath import dirname

from ...engine.values import Import
from ..exports import is_package
from .values import Target


def package_of(dotted: str, path: str) -> str:
    """The package whose modules a file of this name says as `.name`."""
    return dotted if is_package(path) else dotted.rpartition(".")[0]


def absolute(written: str, package: str) -> str:
    """A module's absolute name, as an import in a package writes it."""
    rest = written.lstrip(".")
    level = len(written) - len(rest)
    if not level:
        return written
    parts = package.split(".")
    above = parts[: len(parts) - (level - 1)]
    return ".".join([*above, *([rest] if rest else [])])


def relative(path: str, near: str) -> str:
    """A module's file as another file names it, with dots."""
    inner = path.removesuffix(".py").removesuffix("/__init__").split("/")
    folder = dirname(near).split("/") if dirname(near) else []
    common = 0
    while common < min(len(folder), len(inner)) and folder[common] == inner[common]:
        common += 1
    return "." * (len(folder) - common + 1) + ".".join(inner[common:])


def renamed(written: str, target: Target, near: str) -> str:
    """How a file writes the new module, where it wrote the old one so."""
    if written.startswith("."):
        return relative(target.dest, near)
    if written != target.source_name and written.endswith(f".{target.source_name}"):
        return written.removesuffix(target.source_name) + target.dest_name
    return target.dest_name


def item_of(near: str, target: Target, old: Import) -> tuple[Import, str]:
    """The import of the new module in the style of that of the old one, and the name that it binds or begins with."""
    last = target.dest_name.rpartition(".")[2]
    if old.name:  # `from pkg import old`
        if old.module.startswith("."):
            parent = relative(f"{dirname(target.dest)}/__init__.py", near) if dirname(target.dest) else ""
        else:
            base = old.module + ("." if old.module else "") + old.name
            parent = renamed(base, target, near).rpartition(".")[0]
        if parent:
            return Import(parent, last), last
        return Import(target.dest_name), target.dest_name
    name = renamed(old.module, target, near)
    if old.alias and "." in name:
        return Import(name, "", last), last
    return Import(name), name
