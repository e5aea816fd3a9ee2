"""What a person asks for by a dotted name, and the places that refer to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ...engine.known import Known, upward
from ...engine.remember import remembered
from ..exports import Place
from ..modules import Modules
from ..suite.build import build
from ..suite.resolve import Suite
from ..types.resolve import Resolver
from .asked import PARAMETER
from .data import Clash, FileSites, Reference, Site
from .members import Classes, Cls, Members
from .names import Bindings, Named
from .parameters import Parameters
from .receivers import FIXTURE

Kind = Literal["module", "name", "member", "parameter"]


@dataclass(frozen=True, slots=True, order=True)
class Symbol:
    """One definition: a module, a name of a module, a method or attribute of a class (`name` is `Cls.old`), a parameter."""

    kind: Kind
    path: str
    name: str = ""  # qualified, in the file
    parameter: str = ""
    gone: bool = False  # nothing is called so there any more

    @property
    def word(self) -> str:
        """The word that its references hold."""
        last = self.path.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")[2]
        return self.parameter or self.name.rpartition(".")[2] or last


class References:
    """Who refers to what, over the files that were read."""

    def __init__(
        self, files: Mapping[str, FileSites], modules: Modules, public: bool = True, widely: bool = False
    ) -> None:
        self.files = files
        self.modules = modules
        self.public = public  # whether names that packages hand on are the definition's, too
        self.widely = widely  # whether members that may be meant beside the definition are it, too
        types = {path: file.types for path, file in files.items() if file.types is not None}
        self.resolver = Resolver(types, modules, tests=frozenset(types), fixtures=self._fixture)
        self.exports = self.resolver.exports

    @property
    def wanted(self) -> frozenset[str]:
        """The files that were asked for and not read."""
        asking = [
            p for p, f in self.files.items() if any(r.startswith(FIXTURE) for s in f.sites for r in s.receivers)
        ]
        conftests = {
            f"{folder}/conftest.py".lstrip("/") for path in asking for folder in upward(path.rpartition("/")[0])
        }
        there = conftests.intersection(self.modules.project.paths)
        return (frozenset(self.exports.unread) | there) - self.files.keys() - self.modules.project.unreadable.keys()

    @cached_property
    def _suite(self) -> Suite:
        return build({p: f.tests for p, f in self.files.items() if f.tests is not None}, self.modules.project)

    def _fixture(self, name: str, path: str, steps: list[str]) -> tuple[tuple[tuple[str, str], ...], int]:
        """The type path of what a fixture gives to the functions of a file, with the file that says so."""
        del steps
        tests = self.files[path].tests if path in self.files else None
        if tests is None or any(t.fixture is not None and t.owner and t.fixture.name == name for t in tests.tests):
            return (), 0
        found = self._suite.fixtures.at(path, None, name)
        if len(found) != 1:
            return (), 0
        where, test = found[0]
        types = self.files[where].types
        known = types.functions.get(test.qualname, ()) if types is not None else ()
        return (((known[0].returns, where),) if len(known) == 1 and known[0].returns else ()), 0

    @cached_property
    def by_word(self) -> Mapping[str, Mapping[str, list[Site]]]:
        """By word the files that hold it, and where."""
        found: dict[str, dict[str, list[Site]]] = {}
        for path, file in self.files.items():
            for site in file.sites:
                found.setdefault(site.word, {}).setdefault(path, []).append(site)
        return found

    def symbol(self, dotted: str) -> Symbol | None:
        """What a dotted name is, as `pkg.mod.f(x)` a parameter; None where nothing of the project, or nothing single, is it."""
        if found := PARAMETER.fullmatch(dotted):
            return self._parameter(found[1], found[2])
        split = self.modules.split(dotted)
        if split is None:
            return None
        path, inner = split
        if not inner:
            return Symbol("module", path)
        meant = self.exports.gives(path, inner)
        own = [f for f in meant if f.path == path and f.kind in ("definition", "variable")]
        defined = own or [f for f in meant if f.kind in ("definition", "variable")]
        if not defined or (not own and len(defined) > 1):
            return None
        if inner.rpartition(".")[2] != defined[0].name.rpartition(".")[2] and "." not in inner:
            return Symbol("name", path, inner)  # a name of its own for something that is called otherwise
        path, name = defined[0].path, defined[0].name
        if "." not in name:
            return Symbol("name", path, name)
        cls, _, word = name.rpartition(".")
        if (facts := self.files.get(path)) is None or facts.types is None or cls not in facts.types.classes:
            return None
        definer = self.classes.definer((path, cls), word)
        return Symbol("member", definer[0], f"{definer[1]}.{word}") if definer is not None else None

    def _parameter(self, dotted: str, word: str) -> Symbol | None:
        owner = self._function(dotted)
        found = Symbol("parameter", owner.path, owner.name, word) if owner is not None else None
        return found if found is not None and self.parameters(found).homes else None

    def _function(self, dotted: str) -> Symbol | None:
        """The function that a dotted name calls: `__init__` of a class."""
        owner = self.symbol(dotted)
        if owner is None or owner.kind not in ("name", "member"):
            return None
        types = self.files[owner.path].types
        if types is not None and owner.name in types.classes:
            return self.symbol(f"{dotted}.__init__") or owner
        return owner

    def is_module(self, dotted: str) -> bool:
        """Whether a file of the project is a module of this name."""
        split = self.modules.split(dotted)
        return split is not None and not split[1]

    def same(self, symbol: Symbol, name: str) -> bool:
        """Whether a module or class calls the same thing by another name."""
        if symbol.kind == "name":
            given = self.exports.gives(symbol.path, name)
            return bool(given) and given == self.exports.gives(symbol.path, symbol.name)
        return False

    def gone(self, dotted: str, new: str) -> Symbol | None:
        """What a name was that is not there any more, where the new name is: who still says the old one means that."""
        split = self.modules.split(dotted)
        if PARAMETER.fullmatch(dotted) or split is None or not split[1] or not self.has(dotted, new):
            return None
        path, inner = split
        cls, _, word = inner.rpartition(".")
        if not cls:
            given = self.exports.gives(path, inner)
            return None if given else Symbol("name", path, inner, gone=True)
        types = self.files[path].types if path in self.files else None
        if types is None or cls not in types.classes or self.classes.definer((path, cls), word) is not None:
            return None
        definer = self.classes.definer((path, cls), new)
        return Symbol("member", definer[0], f"{definer[1]}.{word}", gone=True) if definer is not None else None

    def has(self, dotted: str, name: str) -> bool:
        """Whether there is something of another name beside a symbol: a parameter of the same function, a name of the same
        module or class."""
        if found := PARAMETER.fullmatch(dotted):
            owner = self._function(found[1])
            entity = self.resolver.resolve(f"~.{owner.name}", owner.path) if owner is not None else None
            params = (param for variant in (entity.variants if entity else ()) for param, _ in variant.params)
            if name in {param.lstrip("*") for param in params}:
                return True
            return owner is not None and bool(
                self.parameters(Symbol("parameter", owner.path, owner.name, name)).homes
            )
        parent = dotted.rpartition(".")[0]
        return self.symbol(f"{parent}.{name}" if parent else name) is not None

    @remembered
    def parameters(self, symbol: Symbol) -> Parameters:
        """The places of a parameter."""
        return Parameters(self.files, self.resolver, self.classes, (symbol.path, symbol.name), symbol.word)

    @cached_property
    def classes(self) -> Classes:
        return Classes(self.resolver, self.by_word)

    @remembered
    def members(self, cls: Cls, word: str, gone: bool = False) -> Members:
        """The places of a member of a class."""
        also: set[Cls] = set()
        while True:
            found = Members(self.files, self.resolver, self.classes, cls, word, also, gone)
            if not self.widely or not (more := found.others()):
                return found
            also |= more

    def members_of(self, symbol: Symbol) -> Members:
        return self.members((symbol.path, symbol.name.rpartition(".")[0]), symbol.word, symbol.gone)

    @remembered
    def bindings(self, place: Place, word: str) -> Bindings:
        """The bindings that are one definition; of a module, the place without a name."""
        naming = (path for path, file in self.files.items() if word in file.table.names)
        return Bindings(self.files, self.exports, place, word, {*naming, *self._starred}, self.public)

    @cached_property
    def _starred(self) -> frozenset[str]:
        return frozenset(path for path, file in self.files.items() if file.table.stars)

    @remembered
    def of(self, symbol: Symbol) -> list[Reference]:
        """All places that refer to it, and those where only the name agrees, in the order of files and lines."""
        return sorted(dict.fromkeys(self._of(symbol)))

    def _of(self, symbol: Symbol) -> Iterator[Reference]:
        if symbol.kind in ("name", "module"):
            named = Named(self.bindings((symbol.path, symbol.name), symbol.word), self.resolver)
            yield from named.of(self.by_word.get(symbol.word, {}))
        elif symbol.kind == "parameter":
            yield from self.parameters(symbol).of(self.by_word.get(symbol.word, {}))
        elif symbol.kind == "member":
            yield from self.members_of(symbol).of(self.by_word.get(symbol.word, {}))

    def clashes(self, symbol: Symbol, new: str) -> Iterator[tuple[str, Clash]]:
        """Why the places that refer to it cannot say a new name, each with its file."""
        if symbol.kind == "member":
            yield from self.members_of(symbol).clashes(new)
            return
        if symbol.kind == "parameter":
            yield from self.parameters(symbol).clashes(new)
            return
        homes = {
            (r.path, r.home) for r in self.of(symbol)
            if r.verdict == "resolves" and r.form in ("definition", "name", "import", "alias", "annotation") and r.follows
            and not (r.form == "import" and r.binds != symbol.word)
        }  # fmt: skip
        if symbol.kind == "name" and not symbol.gone:
            homes |= {(path, "") for path in self._behind_stars(symbol, new)}
            if new[0] == "_" and symbol.word[0] != "_" and self._listed(symbol) is None:
                for r in self.of(symbol):
                    if r.verdict == "resolves" and not r.home and symbol.word not in self.files[r.path].table.names:
                        yield r.path, Clash(r.line, f"no star import brings {new}")
        for path, home in sorted(h for h in homes if not (symbol.gone and h[0] == symbol.path)):
            for clash in self.files[path].clashes.get((home, symbol.word, new), ()):
                yield path, clash

    def _listed(self, symbol: Symbol) -> tuple[str, ...] | None:
        return self.files[symbol.path].table.exported if symbol.path in self.files else None

    def _behind_stars(self, symbol: Symbol, new: str) -> Iterator[str]:
        """The files to which star imports would bring a name under its new name."""
        places = self.bindings((symbol.path, symbol.name), symbol.word).places
        yield from (path for path, name in places if name and path != symbol.path)
        if symbol.word[0] == "_" and new[0] != "_" and self._listed(symbol) is None:
            for path, file in self.files.items():
                if any(self.modules.path(star.lstrip("*?"), path) == symbol.path for star in file.table.stars):
                    yield path


def references_of(known: Known, public: bool = True, widely: bool = False) -> References:
    """The references over facts that are `FileSites`, or have them in a field `sites`."""
    files = {p: f if isinstance(f, FileSites) else f.sites for p, f in known.facts.items()}
    return References(files, known.project.once(Modules), public, widely)
