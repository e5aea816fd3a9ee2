"""Split a module into a package. The dataclass is here; the steps stand beside it.

layout.py    which definitions go to which part, as TOML
blocks.py    what cannot be cut, and how much each has in common with each
cluster.py   blocks joined to parts
proposals.py layouts by graph, banner and name: called.py names parts, banners.py finds sections, completed.py fills a layout
plan.py      what is known of the project
package.py   which statements go where, and what each part needs
hazards.py   why a module cannot be split
order.py     what statements do to the module's state while it is imported
named.py     configuration that names the module
following.py   importers that take names from the parts
facade.py    the package itself
texts.py     its parts
watched.py   what files ask of the module that a package answers otherwise
apply.py     all files
stages.py    the commits before the last one
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ..engine.codemod import Codemod, Needles, OptionError, option
from ..engine.known import Decisions, Known, Wants
from ..engine.source import Source
from ..engine.values import Change, Part, Skip
from ..facts.references.asked import GLOBS

if TYPE_CHECKING:
    from .following import Following
    from .named import Naming
    from .values import Job
    from .watched import Use


@dataclass(frozen=True)
class SplitModule(Codemod):
    """Split a module into a package of cohesive parts whose public face is unchanged.

    What counts: every definition moves byte for byte, with its comments, decorators and banner, to one of the private parts
    that a layout names (`codemod split propose` writes one that you can edit; without a layout the best proposal is taken).
    The package itself hands out every name as before, what it merely imports and what is private too, and passes on what is
    set in it, so that `mock.patch("pkg.mod.name")` works as before.

    What is left alone: everything, where a line stands in the way: star imports, tables of names (`globals()`), parts that
    need each other. All such lines are told, and nothing is written.

    Safe where nobody can see the new places. Unsafe where code looks: `__file__`, variables that functions set, statements that
    do something in another order, files of the project that take the module's `__dict__`, list its names, ask for its place or
    for the source of its classes. Where some file reloads the module, or takes it from `sys.modules`, its parts are imported
    again with it; elsewhere `importlib.reload` of the package leaves them as they are.
    """

    module: str = option(help="the file of the module", metavar="FILE", in_project=True)
    layout: str = option("", help="a layout, as `codemod split propose` writes it", metavar="FILE")
    facade: str = option(
        "forwarding",
        help="what the package itself does: pass on what is set in it, only hand out names, or import parts when asked",
        choices=("forwarding", "plain", "lazy"),
    )
    module_name: str = option(
        "compat",
        help="what __name__ and __module__ say: the old name everywhere, of functions and classes alone, the new one",
        choices=("compat", "assign", "new"),
    )
    max_lines: int = option(500, help="how long a part may be that is not one piece", metavar="N", least=1)
    private_prefix: str = option("_", help="what the names of parts begin with", metavar="TEXT")
    deprecate: tuple[str, ...] = option(
        (), help="a name that the package hands out with a warning until a version", metavar="NAME=VERSION"
    )
    header: bool = option(False, help="each part begins with the comments that stand above the module's docstring")
    update_imports: tuple[str, ...] = option(
        (), help="files that take names from the parts instead, as tests/* or shop/*.py", metavar="GLOB"
    )
    single_file: bool = option(False, help="split what a build lists as a file of its own, too")
    commits: str = option(
        "one",
        help="one commit; one that copies and one that cuts, so that git follows old lines; one for each part",
        choices=("one", "two", "parts"),
    )

    spans_files: ClassVar[bool] = True
    codes: ClassVar[Mapping[str, str]] = {
        "L01-one-part": "all of the module belongs together",
        "L02-layout": "the layout does not fit the module",
        "L03-apart": "what must stay together is in two parts of the layout",
        "L04-cycle": "parts need each other",
        "L05-text": "a statement cannot move as it stands",
        "L06-face": "a part needs what stays with the package itself",
        "L07-place": "code asks for the place of its module",
        "L08-dynamic": "names of the module are looked up in a table",
        "L09-star": "a star import gives names that nobody knows",
        "L10-frames": "code looks at the files of frames",
        "L12-single-file": "a build lists the module as a file of its own, and --single-file is not given",
        "L13-named": "a file names the module's file, and nobody knows what it should name now",
        "L14-late": "an import of the project stands below definitions",
        "L15-source": "a decorator reads the source of what it decorates",
        "L16-found": "tests and configuration are found by the names of their files",
        "L17-deprecated": "a name that shall be deprecated is in `__all__`, or is not there",
        "L18-lazy": "the parts cannot be imported later: something happens while they are, or their names are asked for",
        "L19-import": "an import of names of several parts stays as it is",
        "L20-callback": "C code may call back into the module while it is imported",
        "L11-script": "the module is run as a package from now on",
    }

    def __post_init__(self) -> None:
        if not self.module.endswith(".py"):
            raise OptionError("module", self.module, "the path of a Python file is needed")
        if self.private_prefix and not self.private_prefix.isidentifier():
            raise OptionError("private_prefix", self.private_prefix, "what a name can begin with is needed")

        if wrong := [text for text in self.deprecate if not re.fullmatch(r"[^\W\d]\w*=\S+", text)]:
            raise OptionError("deprecate", wrong[0], "a name and the version that lacks it are needed: old_name=3.0")

    def subject(self) -> str:
        return f"Split {self.module} into a package"

    @property
    def _word(self) -> str:
        """What the module's name ends with."""
        folder, _, last = self.module.removesuffix(".py").rpartition("/")
        return folder.rpartition("/")[2] if last == "__init__" else last

    def needles(self) -> Needles:
        folder, _, last = self.module.removesuffix(".py").rpartition("/")
        word = self._word
        if last == "__init__":  # it stays where it is
            files = self.update_imports or (self.module,)
            return Needles(edit=(word,), fact=(word,), files=files, also=(self.module,), named=True)
        # beside the module what tells that there is none: the package that it became, or lies in
        near = (f"{folder}/__init__.py",) if folder else ("setup.py", "pyproject.toml")
        beside = (f"{self.module.removesuffix('.py')}/__init__.py", *near)
        return Needles(
            edit=(word,),
            fact=(word,),
            files=(*GLOBS, ".flake8", *self.update_imports),
            also=(self.module, *beside),
            named=True,
        )

    def scan(self, file: Source) -> bytes | tuple[Use, ...] | None:
        if file.path in (self.module, f"{self.module.removesuffix('.py')}/__init__.py"):
            _ = file.tree  # that it cannot be read is known before anything is decided
            return file.data if self.update_imports else None
        if not file.path.endswith(".py"):
            return None
        from .watched import uses

        return uses(file, self._word, sets=self.facade != "forwarding")

    def wants(self, known: Known) -> Wants:
        return Wants(reports=[self.layout] if self.layout and self.layout not in known.reports else ())

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        from .plan import decide

        return decide(known, self.module, self.layout, self.options, targets)

    def settle(self, parts: Sequence[Part], decisions: Any) -> Iterable[Change | Skip]:
        from .stages import settled

        return settled([*super().settle(parts, decisions)])

    def find(self, file: Source, mine: Job | Naming | Following) -> Iterable[Part | Skip]:
        from . import apply, following, named

        if isinstance(mine, following.Following):
            return following.parts(file, mine)
        return named.parts(file, mine) if isinstance(mine, named.Naming) else apply.parts(file, mine)
