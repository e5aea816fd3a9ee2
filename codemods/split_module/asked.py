"""Why a split may be noticed by who asks for the module as a whole, in its own file and in others."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..engine.source import statements
from ..facts.moving.paths import package_of
from .package import Package
from .values import Doubt, Obstacle
from .watched import Watched, of_module, uses


def asked(package: Package) -> Iterator[Obstacle | Doubt]:
    """What each place would see."""
    job, path = package.job, package.file.path
    found = uses(package.file, job.name.rpartition(".")[2], own=True)
    own = of_module(found, "", package_of(job.name, path), path, job.name)
    for use in (*job.watched, *own):
        if told := _told(package, use):
            where = f"{use.path}:{use.line}" if use.path else "it"
            yield Doubt(1 if use.path else use.line, f"{where} {told}")
    yield from _instead(package)


def _told(package: Package, use: Watched) -> str:
    """What differs; "" where nothing does."""
    job, name = package.job, package.job.name
    match use.kind:
        case "table" if not use.name:
            return f"takes the table of names of {name}: what is set there does not arrive in its parts"
        case "names" if not use.name:
            return f"lists the names of {name}: its parts are among them"
        case "place" if not use.name and not package.was_package:
            return f"asks where {name} lies, which is one folder deeper now"
        case "source" if _is_elsewhere(package, use.name):
            return f"asks for the source of {f'{name}.{use.name}'.removesuffix('.').removesuffix('.?')}, which is in a part"
        case "again" if job.facade == "lazy":
            return f"imports {name} again, and its parts stay as they are"
        case "set" if job.facade != "forwarding" and use.name and "." not in use.name:
            return f"sets what is in {name}, which arrives in its parts with --facade forwarding alone"
        case "file" if use.path and not package.was_package:
            return f"names {package.file.path}, which is a folder now"
    return ""


def _is_elsewhere(package: Package, name: str) -> bool:
    """Whether `inspect` looks for the source of something in another file than it is in: for functions it asks their code."""
    root = name.partition(".")[0]
    if root in ("", "?"):
        return True
    units = package.outline.of(root)
    return package.job.module_name != "new" and any(
        isinstance(u.node, ast.ClassDef) for u in units if u in package.places
    )


def _instead(package: Package) -> Iterator[Obstacle | Doubt]:
    """What is put into `sys.modules` while the module is imported: in its own place, the package would end up half imported."""
    for node in statements(package.file.tree.body):
        targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else []
        for target in targets:
            if not isinstance(target, ast.Subscript) or package.names.meaning(target.value) != "sys.modules":
                continue
            match target.slice:
                case ast.Constant(value=str(key)):
                    if key == package.job.name or package.job.name.endswith(f".{key}"):
                        told = "it puts something else in the place of the module while that is imported"
                        yield Obstacle(node.lineno, "L08-dynamic", told)
                case key if "__name__" not in ast.unparse(key):
                    yield Doubt(node.lineno, "it may put something else in the place of the module")
