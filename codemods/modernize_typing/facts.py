"""What one file's rewrite must know of the others, put together from what the text of each says."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from posixpath import basename, dirname, join

from ..engine.documents import read_toml
from ..engine.known import Project, upward
from ..engine.names import is_stdlib
from ..engine.python import lowest_python, value_under
from ..engine.remember import remembered
from ..engine.tables import Table
from ..facts.exports import Exports, Found, Place
from ..facts.modules import Modules, of_tests
from .mocked import ANY, is_mocked
from .names import PARTS, Version
from .scan import A_TYPE, CACHES, FileFacts, full_name


@dataclass(frozen=True)
class Choices:
    """What the user asked for."""

    only: tuple[str, ...]
    imports: str
    runtime_values: bool
    introspection: str
    fix_callable: bool
    forward_ref_helpers: tuple[str, ...]

    @functools.cached_property
    def parts(self) -> frozenset[str]:
        """The parts to do."""
        return frozenset(self.only or PARTS) - ({"imports", "abc"} if self.imports == "none" else set())


@dataclass(frozen=True)
class Asked:
    """What product code wants to know of types."""

    union_test: str = ""  # "path:line" of a test for Union that does not know `X | Y`
    text_test: str = ""  # "path:line" of code that takes the text of types apart
    signatures: bool = False  # such a test looks into signatures
    arguments: bool = False  # something looks into the arguments of types


@dataclass(frozen=True)
class Share:
    """What `find` may know of the project for one file."""

    target: Version | None = None
    kept: frozenset[str] = frozenset()  # typing names that other modules take from this one
    lent: frozenset[str] = frozenset()  # typing names that this file takes from project modules
    odd: Mapping[str, str] = field(default_factory=dict)  # dotted operand as written → what it is
    mocks: Mapping[str, str] = field(default_factory=dict)  # operand as written → what the documentation mocks
    mocked: frozenset[str] = frozenset()  # all that it mocks
    classes: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # operand as written → why it takes no |
    asked: Asked = Asked()  # frozen
    filled: frozenset[str] = frozenset()  # names of this file that someone puts a string into: `Rows["Node"]`
    adorned: Mapping[str, str] = field(default_factory=dict)  # name, or "*" → "path:line" that sets its attributes


class Facts:
    """The facts of the project; `share` gives each file its part."""

    def __init__(self, parts: Mapping[str, FileFacts], project: Project, target: Version | None) -> None:
        self.parts = parts
        self.project = project
        self.target = target
        self.modules = project.once(Modules)
        self.mocked = frozenset(name for facts in parts.values() for name in facts.mocks)
        self.classes = dict.fromkeys(self._wrapped(), ("T07-function", "a decorator made {} a function"))
        self.classes |= dict.fromkeys(self._or_classes(), ("T09-metaclass", "the metaclass of {} defines |"))
        self._projects = {
            dirname(p) for p in project.texts if basename(p) in ("pyproject.toml", "setup.py", "setup.cfg")
        }
        self._inquisitive = [
            (p, f)
            for p, f in sorted(parts.items())
            if (f.union_test or f.text_test or f.reads_arguments) and not of_tests(p)
        ]
        self._reading_signatures = [(p, f) for p, f in parts.items() if f.reads_signatures and not of_tests(p)]
        self.kept = self._kept()
        self.filled = frozenset(name for facts in parts.values() for name in facts.filled)
        self.adorned = self._adorned()

    def share(self, path: str) -> Share:
        none = FileFacts()
        own = self.parts.get(path, none)
        asked = self._asked(self._project_of(path))
        if own.union_test:
            where = asked.union_test or f"{path}:{own.union_test}"
            asked = replace(asked, union_test=where, signatures=asked.signatures or own.reads_signatures)
        found = {d: f for d in own.wanted if (f := self._found(path, d))}
        return Share(
            self.target or target_of(self.project, path),
            frozenset(self.kept.get(path, ())),
            frozenset(n for m, n in own.pulls if n in self.parts.get(self.modules.path(m, path) or "", none).lends),
            {d: what for d, f in found.items() if (what := self._what(f))},
            {d: f.name for d, f in found.items() if f.kind == "outside" and self._is_mocked(f.name)},
            self.mocked,
            self._classes(path, own),
            asked,
            self.filled & own.assigned,  # a name for another file must not make this one's answer stale
            self.adorned.get(path, {}),
        )

    # ---- operands ----------------------------------------------------------------------------

    @functools.cached_property
    def exports(self) -> Exports:
        return Exports({path: _table(facts) for path, facts in self.parts.items()}, self.modules)

    def _found(self, path: str, written: str) -> Found | None:
        """What a file means by a dotted name, the first of several that are known."""
        found = sorted(self.exports.gives(path, written), key=lambda f: f.kind == "unknown")
        return found[0] if found else None

    def _what(self, found: Found) -> str:
        """What a dotted operand is when it is not what it looks like, by its own module's text."""
        first, _, member = found.name.partition(".")
        what = self.parts[found.path].odd.get(first, "") if found.kind == "definition" else ""
        return "" if member and what == A_TYPE else what

    def _is_mocked(self, name: str) -> bool:
        """Whether the documentation mocks what an operand means, through modules of the project."""
        return is_mocked(name, self.mocked) or (ANY in self.mocked and not is_stdlib(name))

    # ---- who takes typing names from whom ------------------------------------------------------

    def _kept(self) -> dict[str, set[str]]:
        kept: dict[str, set[str]] = {}
        lent = {name for facts in self.parts.values() for name in facts.lends}
        for path, facts in self.parts.items():
            imports = (item.partition(" ") for item in facts.imports.values())
            taken = [(module, {name}) for module, _, name in imports if name in lent]
            taken += [(module, {name}) for module, name in facts.pulls]
            for module, names in (*taken, *((star, facts.words - facts.lends) for star in facts.stars)):
                if found := self.modules.path(module, path):
                    kept.setdefault(found, set()).update(names)
        return kept

    def _adorned(self) -> dict[str, dict[str, str]]:
        """File → names that a package takes from it and sets attributes of, which no X | Y and list[X] allow."""
        found: dict[str, dict[str, str]] = {}
        for path, facts in self.parts.items():
            if facts.adorns:
                where = f"{path}:{facts.adorns}"
                found.setdefault(path, {})["*"] = where
                for local in facts.imports:
                    for owner, name in (place for f in self.exports.gives(path, local) for place in f.through[1:]):
                        found.setdefault(owner, {})[name] = where
        return found

    # ---- metaclasses and introspection ---------------------------------------------------------

    def _or_classes(self) -> set[Place | None]:
        """Metaclasses that define `|` their own way, their classes and all subclasses."""
        found: set[Place | None] = {
            (path, name)
            for path, facts in self.parts.items()
            if facts.or_classes
            for name, bases in facts.bases.items()
            if any(b == "type" or (b.endswith(("Meta", "Type")) and b[0] != "=") for b in bases)
        }
        size = -1
        while found and size != len(found):
            size = len(found)
            found |= {
                (path, name)
                for path, facts in self.parts.items()
                for name, bases in facts.bases.items()
                if any(self._class(path, base.lstrip("=")) in found for base in bases)
            }
        return found

    def _wrapped(self) -> Iterator[Place | None]:
        """Classes that a decorator turns into functions."""
        for path, facts in self.parts.items():
            for name, decorators in facts.decorated.items():
                if any(self._wraps(path, d) for d in decorators):
                    yield path, name

    def _wraps(self, path: str, decorator: str) -> bool:
        """Whether a decorator, as a file writes it, gives back a function of its own."""
        found = self._found(path, decorator.removesuffix("()"))
        if found is None or found.path not in self.parts:
            return decorator in CACHES
        name = found.name + "()" * decorator.endswith("()")
        return name in self.parts[found.path].wrappers or name in CACHES

    def _classes(self, path: str, own: FileFacts) -> dict[str, tuple[str, str]]:
        """The operands of a file that are classes which take no |, as written."""
        names = (*own.wanted, *own.bases) if self.classes else ()
        found = ((name, self.classes.get(self._class(path, name))) for name in names)
        return {name: why for name, why in found if why}

    def _class(self, path: str, written: str) -> Place | None:
        """The file and name of a project class, as a file that writes `written` sees it."""
        found = self._found(path, written)
        if found is None or found.kind != "definition" or found.name not in self.parts[found.path].bases:
            return None
        return found.path, found.name

    # ---- code that asks questions of types -----------------------------------------------------

    def _project_of(self, path: str) -> str:
        """The folder of the distribution that a file belongs to: a repository may hold many."""
        return next(f for f in upward(dirname(path)) if not f or f in self._projects)

    @remembered
    def _asked(self, project: str) -> Asked:
        """What product code asks that may be given types of a distribution: its own, or one that imports it."""
        near = {"", project, *self._imported_by.get(project, ())}
        mine = [(p, f) for p, f in self._inquisitive if self._project_of(p) in near]
        unions = [(p, f) for p, f in mine if f.union_test]
        tests = {p for p, _ in unions}
        return Asked(
            next((f"{p}:{f.union_test}" for p, f in unions), ""),
            next((f"{p}:{f.text_test}" for p, f in mine if f.text_test), ""),
            any(
                p in tests or self._imports_any(p, f, tests) or any(self._imports_any(t, g, {p}) for t, g in unions)
                for p, f in self._reading_signatures
                if tests
            ),
            any(f.reads_arguments for _, f in mine),
        )

    @functools.cached_property
    def _imported_by(self) -> dict[str, set[str]]:
        """The distributions that the code of each one imports."""
        tops = {
            (module.partition(".")[0], join(dirname(path), "x.py"))
            for path, facts in self.parts.items()
            for module in facts.modules()
            if not module.startswith(".")
        }
        imported: dict[str, set[str]] = {}
        for top, path in tops:
            if found := self.modules.path(top, path):
                imported.setdefault(self._project_of(path), set()).add(self._project_of(found))
        return imported

    def _imports_any(self, path: str, facts: FileFacts, tests: set[str]) -> bool:
        found = (self.modules.split(full_name(facts.imports, name), path) for name in facts.imports)
        return any(each[0] in tests for each in found if each is not None)


def _table(facts: FileFacts) -> Table:
    """What the text of a file says that its names are; of others nothing is known."""
    own = (*facts.odd, *facts.bases, *(name.removesuffix("()") for name in facts.wrappers))
    imports = {local: (full_name(facts.imports, local),) for local in facts.imports}
    names = imports | {name: (f":{name}",) for name in own}
    return Table(names=names, stars=tuple(f"*{star}" for star in facts.stars), partial=True)


def follow(parts: Mapping[str, FileFacts], project: Project) -> set[str]:
    """Modules that union operands come from, and the modules they get them from."""
    known = project.once(Modules)
    found: set[str] = set()
    for path, facts in parts.items():
        written = (d.removesuffix("()") for each in facts.decorated.values() for d in each)
        decorators = [d for d in written if d.partition(".")[0] in facts.imports]
        for name in (*(facts.wanted or (facts.imports if path.endswith("__init__.py") else ())), *decorators):
            full = full_name(facts.imports, name)
            if inner := known.split(full.rpartition(".")[0] if "." in name else full, path):
                found.add(inner[0])
    return found


# ---- the lowest Python of a file ------------------------------------------------------------------


def target_of(project: Project, path: str) -> Version | None:
    """By requires-python or python_requires, else by the target version of ruff or black."""
    files = (join(f, n) for f in upward(dirname(path)) for n in ("ruff.toml", ".ruff.toml", "pyproject.toml"))
    told = (_from_tool(project.texts[file]) for file in files if file in project.texts)
    return lowest_python(project, path) or next(filter(None, told), None)


@functools.lru_cache(maxsize=256)
def _from_tool(text: str) -> Version | None:
    try:
        data = read_toml(text)
    except ValueError:
        return None
    black = value_under(data, "tool", "black", "target-version")
    values = [data.get("target-version"), value_under(data, "tool", "ruff", "target-version")]
    values += black if isinstance(black, list) else ()
    return min((t for v in values if isinstance(v, str) and (t := parse_target(v))), default=None)


def parse_target(value: str) -> Version | None:
    match = re.fullmatch(r"(?:py)?3\.?(\d+)", value.strip())
    return (3, int(match[1])) if match else None
