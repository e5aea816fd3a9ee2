"""What a split must know of the project: the module's name, what lies beside it, how long lines may be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from posixpath import dirname
from typing import Any

from ..engine.codemod import OptionError
from ..engine.known import Decisions, Known
from ..engine.values import Skip
from ..facts.linters import Linting
from ..facts.modules import Modules
from . import layout as layouts
from .named import Naming, single_files
from .values import Job


def decide(known: Known, module: str, layout: str, options: Mapping[str, Any], targets: Collection[str]) -> Decisions:
    """What `find` is told of the module."""
    project = known.project
    folder = dirname(module) if module.endswith("/__init__.py") else module.removesuffix(".py")
    if module not in project.paths:
        if f"{folder}/__init__.py" in project.paths:  # it is split
            return Decisions()
        raise OptionError("module", module, "the path of a module of the project is needed")
    pytest = project.once(Modules).pytest.for_path(module)
    if pytest.is_test_file(module) or module.rpartition("/")[2] in ("conftest.py", "setup.py"):
        told = "it is found by the name of its file: the parts of a package would not be"
        return Decisions(skips=(Skip(module, 1, "L16-found", told, module),))
    given = layouts.read(known.reports[layout]) if layout else None
    name = project.once(Modules).names(module)
    dotted = name[0] if name else module.removesuffix(".py").replace("/", ".")
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
        stub=f"{module}i" in project.paths,
        single=tuple(single_files(sorted(project.texts.items()), dotted)) if "." not in dotted else (),
        deprecated=tuple((name, version) for name, _, version in (t.partition("=") for t in options["deprecate"])),
        single_file=options["single_file"],
    )
    naming = Naming(module=module, name=dotted, reason=f"{module} becomes a package")
    others = {path: naming for path in targets if not path.endswith((".py", ".pyi"))}
    return Decisions(by_path={module: job, **others}, groups={path: [module] for path in (module, *others)})
