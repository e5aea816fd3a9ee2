"""Module-level names: the bindings, in all modules, that are one definition, and the places that mean one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..exports import Exports, Found, Place, is_package
from ..types.entity import Entity
from ..types.resolve import Resolver
from .data import FileSites, Form, Reference, Site, Verdict
from .receivers import SUPER, is_foreign

# calls whose texts are dotted paths that they import
READERS = (
    "unittest.mock.patch", "mock.patch", "unittest.mock.patch.dict", "importlib.import_module", "importlib.reload",
    "pkgutil.resolve_name", "pydoc.locate", "logging.config.dictConfig", "builtins.__import__", "runpy.run_module",
    "django.utils.module_loading.import_string", "werkzeug.utils.import_string", "pytest.importorskip",
    "celery.utils.imports.symbol_by_name", "kombu.utils.imports.symbol_by_name",
)  # fmt: skip
_READING = (".patch", ".setattr", ".delattr", ".import_string", ".import_module", ".relationship", ".symbol_by_name")
# what takes the name of a class as a text: `relationship("Old")`, `ForeignKey("app.Old")`
_MODELS = {"relationship", "ForeignKey", "OneToOneField", "ManyToManyField", "Relationship", "dynamic_loader"}
_LOOKING_UP = {
    "getattr", "setattr", "hasattr", "delattr", "attrgetter", "methodcaller", "getattr_static", "patch", "import_module",
    "import_string", "symbol_by_name", "eval", "exec",
}  # fmt: skip
_SILENT: frozenset[Form] = frozenset({"keyword", "pattern", "parameter"})
_SAYS = {
    "history": "a change log",
    "docs": "documentation",
    "config": "a configuration",
    "program": "a program",
    "file": "a path",
}
_PROSE: frozenset[Form] = frozenset({"comment", "text"})
_CODE = re.compile(r".*(?:_|\d|[a-z][A-Z]|[A-Z][a-z]+[A-Z]).*")  # spelled as no word of prose is


def reads_paths(context: str) -> bool:
    """Whether a call is known to read a dotted text as what it imports."""
    if context in ("config", "docs", "docs:code"):
        return True
    callee, _, place = context.partition("#")
    return place in ("0", "target", "argument", "dotted_path") and (callee in READERS or callee.endswith(_READING))


def looks_up(context: str) -> bool:
    """Whether a call takes a text as a name that it looks up, or as code."""
    return reads_paths(context) or context.partition("#")[0].rpartition(".")[2] in _LOOKING_UP


@dataclass
class Bindings:
    """The bindings of a word that are one definition, from the module that defines it outward."""

    files: Mapping[str, FileSites]
    exports: Exports
    first: Place
    word: str
    among: Collection[str]  # the files that have a name of this spelling, or star imports
    public: bool = True  # whether names that packages hand on are among them

    def __post_init__(self) -> None:
        self.places: set[Place] = {self.first}
        if self.first[1] and (stub := f"{self.first[0]}i") in self.files:
            self.places.add((stub, self.word))
        self.mixed: set[str] = set()  # files where the name is that or something else
        open_ = {*self.among}
        if self.first[1]:
            open_.discard(self.first[0])
        grown = True
        while grown:
            grown = False
            for path in sorted(open_):
                given, other = self.given(path)
                if given and not other and (self.public or not self.hands_on(path)):
                    self.places.add((path, self.word))
                    open_.discard(path)
                    grown = True
        self.mixed = {path for path in open_ if self.given(path)[0]}

    def given(self, path: str) -> tuple[bool, bool]:
        """Whether some binding of a module is the definition, and whether some is not."""
        table = self.files[path].table
        meanings = table.names.get(self.word, table.stars)
        given = other = False
        for meaning in meanings:
            if meaning[0] == "*":
                module = self.exports.modules.path(meaning.lstrip("*?"), path)
                given = given or (module is not None and self._through(path, (module, self.word)))
            elif meaning[0] not in ":=~?" and self.place(meaning, path) in self.places:
                given = True
            elif meaning[0] != "?":
                other = True
        return given, other

    def _through(self, path: str, place: Place) -> bool:
        """Whether a star import brings a place's name."""
        if place[0] not in self.files:
            self.exports.gives(*place)  # it may hand on what its own star imports bring: to be read
        return place in self.places and any(place in f.through for f in self.exports.gives(path, self.word))

    def hands_on(self, path: str) -> bool:
        """Whether a name of a module is one that others are meant to import from there."""
        file = self.files[path]
        again = any(s.form == "alias" and s.word == self.word and not s.home for s in file.sites)
        return is_package(path) or self.word in (file.table.exported or ()) or again

    def lists(self, path: str) -> list[Site]:
        """The texts of a file one of which `__all__` takes from elsewhere: `__all__ = _BASE + ["x"]`."""
        file = self.files[path]
        if self.word not in (file.table.exported or ()):
            return []
        mine = [s for s in file.sites if s.word == self.word and s.form in ("all", "path")]
        return (
            [] if any(s.form == "all" for s in mine) else [s for s in mine if s.asks == self.word and not s.context]
        )

    def place(self, dotted: str, path: str) -> Place | None:
        """The module and the name in it that a dotted name asks for first."""
        found = self.exports.find(dotted, path)
        # `n.old` of `n = pkg.mod` comes by n first
        through = next((place for f in found for place in f.through if "." not in place[1]), None)
        if not found and (asked := self.exports.modules.split(dotted, path)) is not None:
            return asked  # nothing is called so there: not any more
        if self._is_module(found) and (through is None or (through == self._above and not self._keeps_above)):
            return self.first
        return through

    def imports(self, dotted: str, path: str) -> bool:
        """Whether `import a.b` or `from a.b import …` imports the module, whatever its package calls so."""
        return not self.first[1] and self.exports.modules.split(dotted, path) == (self.first[0], "")

    def _is_module(self, found: Collection[Found]) -> bool:
        return not self.first[1] and {(f.kind, f.path) for f in found} == {("module", self.first[0])}

    @cached_property
    def _above(self) -> Place:
        """The name of a module in the package that it is in."""
        folder = self.first[0].removesuffix("/__init__.py").rpartition("/")[0]
        return f"{folder}/__init__.py".lstrip("/"), self.word

    @cached_property
    def _keeps_above(self) -> bool:
        """Whether the package binds that name itself, and keeps it."""
        path = self._above[0]
        return not self.public and path in self.files and self.word in self.files[path].table.names

    def known(self, dotted: str, path: str) -> bool:
        """Whether it is known what a dotted name means."""
        found = self.exports.find(dotted, path)
        return bool(found) and all(f.kind in ("definition", "module", "outside") for f in found)


class Named:
    """The places of a module-level name."""

    def __init__(self, bindings: Bindings, resolver: Resolver) -> None:
        self.bindings = bindings
        self.resolver = resolver
        self.word = bindings.word

    def of(self, files: Mapping[str, Collection[Site]]) -> Iterator[Reference]:
        """The references in some files."""
        yield from prose(files, self.word, self._of)

    def _of(self, path: str, site: Site) -> Reference | None:
        match site.form:
            case "path" if (path, self.word) in self.bindings.places and self.bindings.lists(path) == [site]:
                return refers(path, site, "resolves")
            case "import":
                if site.context:  # a module, whatever its package calls so
                    whole = self.bindings.imports(site.asks, path)
                else:
                    whole = self.bindings.place(site.asks, path) in self.bindings.places
                if not whole:
                    mine = site.binds == self.word and not site.aliased and not site.home
                    mine = mine and (path, self.word) in self.bindings.places
                    return refers(path, replace(site, form="alias"), "resolves") if mine else None
                follows = site.binds == self.word and self.follows(path, site.home)
                return refers(path, site, "resolves", follows=follows)
            case "text" if site.context.startswith("file:"):
                return self._file(path, site)
            case "text" if site.context == "docstring:code":
                return refers(path, site, "resolves") if (path, self.word) in self.bindings.places else None
            case "text" | "comment":
                return None
            case "lookup" if site.context == "item":
                return refers(path, site, "name", "a text holds the word")
            case "attribute" | "lookup" | "path" if site.asks[:1] != ":" or "." in site.asks:
                return self._dotted(path, site)
            case form if form in _SILENT:
                return None
        if site.home:
            return refers(path, site, "resolves") if self.follows(path, site.home) else self._perhaps(path, site)
        if (path, self.word) in self.bindings.places and (site.asks or site.form == "all"):
            if site.context == "globals":
                return refers(path, site, "may", "a table of names is asked for it")
            return refers(path, site, "resolves")
        return self._perhaps(path, site)

    def _perhaps(self, path: str, site: Site) -> Reference | None:
        """A name that is bound to this or to something else keeps its spelling."""
        if site.home:
            mine = any(
                "." in b and self.bindings.place(b, path) in self.bindings.places
                for b in self.bindings_of(path, site.home)
            )
        else:
            mine = path in self.bindings.mixed and self.bindings.given(path) == (True, True)
        return refers(path, site, "name", "it may be another thing of this name, too") if mine else None

    def _file(self, path: str, site: Site) -> Reference | None:
        """A path in a text: that of the module, from the top of the project or of its sources."""
        own = self.bindings.first[0]
        if self.bindings.first[1]:
            return None
        _, kind, named = site.context.split(":", 2)
        mine = any(f"/{each}".endswith(f"/{named}") for each in (own, own.removesuffix("/__init__.py")))
        others = (p for p in self.bindings.exports.modules.project.paths if p != own)
        if not mine and any(f"/{p}".endswith(f"/{named}") or f"/{named}/" in f"/{p}" for p in others):
            return None
        if mine and kind in ("config", "docs"):
            return refers(path, site, "resolves")
        return refers(path, site, "name", "a path holds the word")

    def follows(self, path: str, home: str) -> bool:
        """Whether all bindings of the word in a scope are the definition."""
        if not home:
            return (path, self.word) in self.bindings.places
        if not home.startswith("@"):
            return False  # an attribute of a class: whoever takes it from there is not known
        found = self.bindings_of(path, home)
        imports = [b for b in found if "." in b]
        return bool(imports) and all(
            b in ("None", "del") or ("." in b and self.bindings.place(b, path) in self.bindings.places) for b in found
        )

    def bindings_of(self, path: str, home: str) -> tuple[str, ...]:
        return self.bindings.files[path].bindings.get((home, self.word), ())

    def _is_model(self, site: Site) -> bool:
        """Whether a text names a class as models name each other: by its own name, which no other class has."""
        callee = site.context.partition("#")[0].rpartition(".")[2]
        if callee not in _MODELS or not site.asks.endswith(self.word):
            return False
        named = [(p, self.word) for p, facts in self.resolver.files.items() if self.word in facts.classes]
        return named == [self.bindings.first]

    def _dotted(self, path: str, site: Site) -> Reference | None:
        if site.asks and self.bindings.place(site.asks, path) in self.bindings.places:
            if site.form == "path" and not reads_paths(site.context):
                return refers(path, site, "resolves", "nobody knows who reads this text")
            return refers(path, site, "resolves")
        if site.form == "path" and self._is_model(site):
            return refers(path, site, "resolves")
        if site.form == "path":
            known = "." in site.asks and self.bindings.known(site.asks, path)
            return None if known else refers(path, site, "name", "a text holds the word")
        if site.asks and self.bindings.known(site.asks, path):
            return None
        owners = owners_of(self.resolver, path, site)
        modules = {_inside(self.bindings, e.module) for e in owners or () if e is not None and e.kind == "module"}
        if owners is None:
            return refers(path, site, "name", "nobody knows what it is taken from")
        if not modules & self.bindings.places:
            return refers(path, site, "name", "it is taken from one of several modules") if site.unsure else None
        whole = not site.unsure and len(modules) == len(owners) and modules <= self.bindings.places
        return refers(path, site, "resolves" if whole else "may", "" if whole else "one of several modules")


def _inside(bindings: Bindings, path: str) -> Place:
    """What a module has by the word: of a package, perhaps its submodule."""
    return (bindings.place(f".{bindings.word}", path) if is_package(path) else None) or (path, bindings.word)


def prose(
    files: Mapping[str, Collection[Site]], word: str, refer: Callable[[str, Site], Reference | None]
) -> Iterator[Reference]:
    """The references in some files. Comments and docstrings follow where the word can mean nothing else: it is spelled like
    no word of prose, and wherever else the files have it, it is the definition."""
    later: list[tuple[str, Site]] = []
    only = _CODE.fullmatch(word) is not None
    for path, site in ((path, s) for path, sites in files.items() for s in sites if s.word == word):
        if site.form in _PROSE:
            example = refer(path, site) if site.context == "docstring:code" else None
            if example is not None:
                yield example
            else:
                later.append((path, site))
            continue
        found = refer(path, site)
        if path.endswith((".py", ".pyi")):
            only = only and found is not None and found.verdict == "resolves"
        if found is not None:
            yield found
    for path, site in later:
        if site.context.startswith("file:"):
            if (reference := refer(path, site)) is not None:
                yield reference
            continue
        named = refer(path, replace(site, form="path", context="docs")) if site.asks else None
        if named is not None and named.verdict == "resolves" and site.start >= 0:
            told = site.form == "comment" or site.context.startswith("docstring")
            yield refers(path, site, "resolves", "" if told else "a text names it, and nobody knows who reads that")
            continue
        marked = site.form == "comment" or site.context.startswith("docstring") or site.context == "docs:code"
        if only and marked and site.start >= 0:
            yield refers(path, site, "resolves")
        else:
            what = "a comment" if site.form == "comment" else _SAYS.get(site.context.partition(":")[0], "a text")
            yield refers(path, site, "name", f"{what} holds the word")


def owners_of(resolver: Resolver, path: str, site: Site, whole: bool = False) -> list[Entity | None] | None:
    """What an attribute may be taken from, or a keyword given to (`whole`: what a site asks for itself). A None among them is
    something that is not of the project; None in place of a list where nobody knows, or knows only some."""
    receivers = site.receivers
    if site.asks and (site.asks[0] != ":" or whole) and not receivers:
        asks = f"~.{site.asks[1:]}" if site.asks[0] == ":" else site.asks
        receivers = (asks if whole else asks.rpartition(".")[0],)
    found: list[Entity | None] = []
    for receiver in receivers:
        if receiver.startswith(SUPER):
            entity = resolver.resolve(f"~.{receiver.removeprefix(SUPER)}", path)
        else:
            entity = resolver.resolve(receiver, path)
        if entity is None and not is_foreign(receiver):
            return None
        found.append(entity)
    return list(dict.fromkeys(found)) if found else None


def refers(path: str, site: Site, verdict: Verdict, reason: str = "", follows: bool = True) -> Reference:
    """A site as a reference."""
    end = site.start + len(site.word) if site.start >= 0 else -1
    return Reference(
        path=path, line=site.line, start=site.start, end=end, form=site.form, verdict=verdict, reason=reason,
        home=site.home, binds=site.binds, aliased=site.aliased, follows=follows, shows=site.shows, ends=site.ends,
        context=site.context,
    )  # fmt: skip
