"""What a split must know of the project: the module's name, what lies beside it, how long lines may be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from posixpath import dirname
from typing import Any

from ..engine.codemod import OptionError
from ..engine.known import Decisions, Known, Project
from ..engine.source import PYTHON, Source
from ..engine.values import Skip
from ..engine.world import matches_glob
from ..facts.linters import Linting
from ..facts.modules import Modules
from ..facts.moving.paths import package_of
from . import layout as layouts
from .following import Following, homes_in, homes_of
from .named import Naming, single_files
from .package import Package
from .values import Job
from .watched import Watched, of_module


def decide(known: Known, module: str, layout: str, options: Mapping[str, Any], targets: Collection[str]) -> Decisions:
    """What `find` is told of the module."""
    project = known.project
    folder = _folder(module)
    if module not in project.paths:
        if f"{folder}/__init__.py" in project.paths:  # it is split
            data = known.facts.get(f"{folder}/__init__.py")
            homes = homes_in(Source(f"{folder}/__init__.py", data)) if isinstance(data, bytes) else {}
            return Decisions(by_path=_following(known, module, homes, options, targets))
        raise OptionError("module", module, "the path of a module of the project is needed")
    if (failed := project.unreadable.get(module)) is not None:
        raise OptionError(
            "module", module, f"a module that can be read is needed: line {failed.line}, {failed.reason}"
        )
    if is_found_by_name(project, module):
        told = "it is found by the name of its file: the parts of a package would not be"
        return Decisions(skips=(Skip(module, 1, "L16-found", told, module),))
    given = layouts.read(known.reports[layout]) if layout else None
    dotted = _name(project.once(Modules), module)
    inside = [p.removeprefix(f"{folder}/") for p in project.below(folder)]
    job = Job(
        name=dotted,
        layout=given,
        facade=options["facade"],
        module_name=options["module_name"],
        private_prefix=options["private_prefix"],
        max_lines=options["max_lines"],
        commits=options["commits"],
        length=project.once(Linting).of(module).length,
        beside=frozenset(p.partition("/")[0].partition(".")[0] for p in inside),
        header=options["header"],
        neighbours=frozenset(_stem(p) for p in project.paths if dirname(p) == dirname(module)),
        stub=f"{module}i" in project.paths,
        single=tuple(single_files(sorted(project.texts.items()), dotted)) if "." not in dotted else (),
        deprecated=tuple((name, version) for name, _, version in (t.partition("=") for t in options["deprecate"])),
        single_file=options["single_file"],
        watched=tuple(_watched(known, module, dotted)),
    )
    naming = Naming(module=module, name=dotted, reason=f"{module} becomes a package")
    others = {path: naming for path in targets if not path.endswith((".py", ".pyi"))}
    if isinstance(data := known.facts.get(module), bytes):
        package = Package(Source(module, data), job)
        if not package.obstacles:
            others |= _following(known, module, homes_of(package), options, targets)
    return Decisions(by_path={module: job, **others}, groups={path: [module] for path in (module, *others)})


def is_found_by_name(project: Project, path: str) -> bool:
    """Whether tools look for a module by the name of its file, as pytest does for tests."""
    pytest = project.once(Modules).pytest.for_path(path)
    return pytest.is_test_file(path) or path.rpartition("/")[2] in ("conftest.py", "setup.py")


def _watched(known: Known, module: str, name: str) -> Iterator[Watched]:
    """What the other files ask of the module."""
    modules = known.project.once(Modules)
    for path, found in sorted(known.facts.items()):
        if isinstance(found, tuple) and found and path != module:
            yield from of_module(found, path, package_of(_name(modules, path), path), module, name)


def _following(
    known: Known, module: str, homes: Mapping[str, str], options: Mapping[str, Any], targets: Collection[str]
) -> dict[str, Any]:
    """The files that shall take names from the parts."""
    modules = known.project.once(Modules)
    dotted = _name(modules, module)
    reason = f"{dotted} is split, and its parts are asked"
    asking = (
        p
        for p in sorted(targets)
        if p != module and p.endswith(PYTHON) and matches_glob(p, options["update_imports"])
    )
    return {
        path: Following(module=module, name=dotted, near=_name(modules, path), homes=homes, reason=reason)
        for path in asking if homes and not path.startswith(f"{_folder(module)}/")
    }  # fmt: skip


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def _folder(module: str) -> str:
    return dirname(module) if module.endswith("/__init__.py") else module.removesuffix(".py")


def _name(modules: Modules, path: str) -> str:
    """The dotted name of a file, the likeliest where there are several."""
    found = modules.names(path)
    return found[0] if found else path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
