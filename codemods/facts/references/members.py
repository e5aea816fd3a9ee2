"""Methods and attributes: the classes that have one, by inheritance in both directions, and the places that take it from one.

Classes that define the same member in one line of inheritance (Python's own order, over all classes that were read) are one
family: a member that overrides another, or that a subclass of both inherits beside it, is renamed with it or not at all.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from ...engine.remember import remembered
from ..types.entity import Entity
from ..types.resolve import Resolver
from .data import Clash, FileSites, Reference, Site
from .names import owners_of, prose, reads_paths, refers
from .receivers import SUPER

Cls = tuple[str, str]  # the file of a class and its qualified name there
_STRANGE = {"antigravity", "this", "idlelib", "turtledemo", "tkinter", "turtle", "__main__"}  # not to be imported


@cache
def library_members(dotted: str) -> frozenset[str] | None:
    """The attributes of a class of the standard library; None for any other name."""
    module, _, name = dotted.rpartition(".")
    if not module or module.partition(".")[0] not in sys.stdlib_module_names - _STRANGE:
        return None
    try:
        found = getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None
    if found is None:
        return None
    return frozenset(dir(found)) if isinstance(found, type) else frozenset()  # `Protocol[T]` and the like add nothing


@dataclass
class Classes:
    """All classes that were read."""

    resolver: Resolver
    holding: Mapping[str, Collection[str]]  # by word, the files that hold it

    @cached_property
    def all(self) -> list[Cls]:
        return [(path, name) for path, facts in sorted(self.resolver.files.items()) for name in facts.classes]

    @cached_property
    def known(self) -> frozenset[Cls]:
        return frozenset(self.all)

    def mro(self, cls: Cls) -> list[Cls]:
        return self.resolver.mro(cls)

    @remembered
    def defining(self, word: str) -> list[Cls]:
        """All classes that themselves have an attribute."""
        held = [path for path in sorted(self.holding.get(word, ())) if path in self.resolver.files]
        own = ((path, name) for path in held for name in self.resolver.files[path].classes)
        return [cls for cls in own if self.defines(cls, word)]

    def defines(self, cls: Cls, word: str) -> bool:
        """Whether a class itself has an attribute: in its body, or given by its methods."""
        facts = self.resolver.class_facts(cls)
        nested = f"{cls[1]}.{word}" in self.resolver.facts(cls[0]).classes
        return word in facts.methods or word in facts.attributes or word in facts.fields or nested

    def definer(self, cls: Cls, word: str, after: Cls | None = None) -> Cls | None:
        """The class that gives another the attribute, behind `after` in its order."""
        line = self.mro(cls)
        line = line[line.index(after) + 1 :] if after in line else line
        return next((c for c in line if self.defines(c, word)), None)

    @cached_property
    def _below(self) -> dict[Cls, list[Cls]]:
        found: dict[Cls, list[Cls]] = {}
        for cls in self.all:
            for above in self.mro(cls):
                found.setdefault(above, []).append(cls)
        return found

    def ask(self) -> None:
        """Look for the bases of all classes: what was not read and is asked for is wanted then."""
        _ = self._below

    def below(self, cls: Cls) -> list[Cls]:
        """A class and its subclasses, at any distance."""
        return self._below.get(cls, [cls])

    def family(self, cls: Cls, word: str) -> frozenset[Cls]:
        """The classes that define an attribute in one line with a class."""
        found = {cls}
        stack = [cls]
        while stack:
            for sub in self.below(stack.pop()):
                more = {c for c in self.mro(sub) if self.defines(c, word)} - found
                found |= more
                stack += more
        return frozenset(found)

    def is_protocol(self, cls: Cls) -> bool:
        bases = self.resolver.class_facts(cls).bases
        return any(base.rpartition(".")[2] == "Protocol" for base in bases)

    def own(self, cls: Cls) -> set[str]:
        """The names that a class itself defines."""
        facts = self.resolver.class_facts(cls)
        return {*facts.methods, *facts.attributes, *facts.fields}

    def satisfies(self, cls: Cls, protocol: Cls) -> bool:
        """Whether a class has all that a protocol asks for."""
        return protocol not in self.mro(cls) and all(self.definer(cls, name) for name in self.own(protocol))

    def foreign(self, cls: Cls) -> Iterator[str]:
        """The bases of a class, at any distance, that are none of the project: their dotted names, "" for unknown ones."""
        for each in self.mro(cls):
            for base in self.resolver.class_facts(each).bases:
                if not base or self.resolver.resolve(base, each[0]) is None:
                    name = base.removeprefix("~.")
                    yield name if base == "" or "." in base else f"builtins.{name}"


class Members:
    """The places of one member."""

    def __init__(
        self,
        files: Mapping[str, FileSites],
        resolver: Resolver,
        classes: Classes,
        cls: Cls,
        word: str,
        also: Collection[Cls] = (),
        gone: bool = False,
    ) -> None:
        self.gone = gone  # the class has it no more: whoever takes it from there would fail
        self.files, self.resolver, self.classes, self.word = files, resolver, classes, word
        family = frozenset(each for one in (cls, *also) for each in classes.family(one, word))
        stubs = frozenset((f"{path}i", name) for path, name in family)
        self.family = family | stubs.intersection(classes.all)

    def of(self, files: Mapping[str, Collection[Site]]) -> Iterator[Reference]:
        """The references in some files."""
        yield from prose(files, self.word, self._of)

    @cached_property
    def around(self) -> list[Cls]:
        """All classes that have the member, and those that they inherit from."""
        below = dict.fromkeys(sub for cls in self.family for sub in self.classes.below(cls))
        return list(dict.fromkeys(c for sub in below for c in self.classes.mro(sub)))

    @cached_property
    def having(self) -> frozenset[Cls]:
        return frozenset(sub for cls in self.family for sub in self.classes.below(cls))

    def alike(self) -> Iterator[tuple[Cls, Cls]]:
        """Classes that have the member, too, because a protocol asks for it: (class, protocol), one of them in the family."""
        others = [c for c in self.classes.defining(self.word) if c not in self.family]
        for cls in sorted(self.family):
            for other in others:
                if self.classes.is_protocol(cls) and self.classes.satisfies(other, cls):
                    yield other, cls
                elif self.classes.is_protocol(other) and self.classes.satisfies(cls, other):
                    yield other, other

    def others(self) -> set[Cls]:
        """The classes outside of the family that have the member where it is taken from one of several."""
        found = {cls for cls, _ in self.alike()}
        for path, file in self.files.items():
            for site in file.sites:
                if site.word == self.word and site.form in ("attribute", "lookup") and len(site.receivers) > 1:
                    owners = owners_of(self.resolver, path, site) or []
                    if self._verdict(owners) == "may":
                        mine = (
                            self.classes.definer((o.module, o.name), self.word)
                            for o in owners
                            if o is not None and (o.module, o.name) in self.classes.known
                        )
                        found |= {cls for cls in mine if cls is not None}
        return found - self.family

    def _of(self, path: str, site: Site) -> Reference | None:
        match site.form:
            case "lookup" if site.context == "item":
                mine = any(self._is_enumeration(owner) for owner in owners_of(self.resolver, path, site) or ())
                return self._taken(path, site) if mine else refers(path, site, "name", "a text holds the word")
            case "attribute" | "lookup" | "path" if not site.home:
                return self._taken(path, site)
            case "keyword":
                return self._keyword(path, site)
            case "pattern":
                owner = self.resolver.resolve(_local(site.asks), path) if site.asks else None
                mine = owner is not None and owner.kind == "class" and self._verdict([owner]) == "resolves"
                return refers(path, site, "resolves") if mine else None
        if site.home and (path, site.home) in self.family and site.form not in ("import", "parameter"):
            return refers(path, site, "resolves")
        return None

    def _is_enumeration(self, owner: Entity | None) -> bool:
        """Whether something is a class whose members are taken by their names: `Color["red"]`."""
        if owner is None or owner.kind != "class" or (owner.module, owner.name) not in self.classes.known:
            return False
        return any(base.startswith("enum.") for base in self.classes.foreign((owner.module, owner.name)))

    # ---- receivers -------------------------------------------------------------------------

    def _taken(self, path: str, site: Site) -> Reference | None:
        if site.form == "path" and "." not in site.asks:
            return refers(path, site, "name", "a text holds the word")
        owners = owners_of(self.resolver, path, site)
        if owners is None:
            outside = site.asks and self._is_outside(site.asks, path)
            what = "a text holds the word" if site.form == "path" else "nobody knows what it is taken from"
            return None if outside else refers(path, site, "name", what)
        verdict = self._super(path, site) if _of_super(site) else self._verdict(owners)
        match verdict:
            case "may":
                return refers(path, site, "may", "it may be taken from another class, too")
            case "name":
                return refers(path, site, "name", f"a class that has no {self.word} by what is known")
            case "resolves":
                unread = site.form == "path" and not reads_paths(site.context)
                return refers(path, site, "resolves", "nobody knows who reads this text" if unread else "")
        return None

    def _is_outside(self, dotted: str, path: str) -> bool:
        if dotted[0] == ":":
            return False
        found = self.resolver.exports.find(dotted, path)
        return bool(found) and all(f.kind in ("outside", "module") for f in found)

    def _verdict(self, owners: Iterable[Entity | None]) -> str:
        """ "resolves", "may", "name" or "" of the things that an attribute may be taken from."""
        found = {self._one(owner) for owner in owners}
        if found == {"resolves"} or found == {""} or found == {"name"}:
            return found.pop()
        return "may" if "resolves" in found or "may" in found else "name"

    def _one(self, owner: Entity | None) -> str:
        if (
            owner is None
            or owner.kind not in ("class", "instance")
            or (owner.module, owner.name) not in self.classes.known
        ):
            return ""
        return self._of_class((owner.module, owner.name))

    @remembered
    def _of_class(self, cls: Cls) -> str:
        definer = self.classes.definer(cls, self.word)
        if definer is not None:
            return "resolves" if definer in self.family else ""
        if self.gone:
            return "resolves" if self.family.intersection(self.classes.mro(cls)) else ""
        given = {self.classes.definer(sub, self.word) for sub in self.classes.below(cls)} - {None}
        if given:  # a mixin: what it is taken from is given by other bases of its subclasses
            mine = given & self.family
            return "resolves" if mine == given else "may" if mine else ""
        foreign = [library_members(name) for name in self.classes.foreign(cls)]
        if any(self.classes.definer(cls, hook) for hook in ("__getattr__", "__getattribute__")):
            return "name"  # it may hand on what another has
        return "name" if any(known is None for known in foreign) else ""

    def _super(self, path: str, site: Site) -> str:
        cls = (path, site.receivers[0].removeprefix(SUPER))
        given = {self.classes.definer(sub, self.word, cls) for sub in self.classes.below(cls)} - {None}
        return "resolves" if given and given <= self.family else "may" if given & self.family else ""

    # ---- fields ----------------------------------------------------------------------------

    @cached_property
    def is_field(self) -> bool:
        """Whether it is an annotated name of a class body: perhaps a parameter of the constructor."""
        return self.gone or any(self.word in self.resolver.class_facts(cls).fields for cls in self.family)

    def _keyword(self, path: str, site: Site) -> Reference | None:
        owners = owners_of(self.resolver, path, site, whole=True)
        kept = bool(owners) and all(map(self._keeps, owners or ()))
        if not self.is_field and not kept:
            return None
        if owners is None:
            outside = site.asks and self._is_outside(site.asks, path)
            return None if outside else refers(path, site, "name", "nobody knows what is called")
        made = [o for o in owners if o is not None and (o.kind == "class" or (o.kind == "instance" and site.context))]
        if not made:
            return None
        if kept:
            return refers(path, site, "resolves", "the keyword goes into **keywords, and on from there")
        if any(self.classes.definer((o.module, o.name), "__init__") is not None for o in made if o.kind == "class"):
            return None
        match self._verdict(owners):
            case "resolves":
                return refers(path, site, "resolves")
            case "may":
                return refers(path, site, "may", "it may be given to another class")
        return None

    def _keeps(self, owner: Entity | None) -> bool:
        """Whether what is called is a class that has the member, and its constructor no such parameter."""
        if owner is None or owner.kind != "class" or self._verdict([owner]) != "resolves":
            return False
        made = self.classes.definer((owner.module, owner.name), "__init__")
        variants = self.resolver.class_facts(made).methods.get("__init__", ()) if made is not None else ()
        named = {name.lstrip("*") for variant in variants for name, _ in variant.params}
        return bool(variants) and self.word not in named

    # ---- what is in the way ----------------------------------------------------------------

    def clashes(self, new: str) -> Iterator[tuple[str, Clash]]:
        """Why the member cannot get a new name, each with its file."""
        if self.gone:
            return
        for cls in self.around:
            if self.classes.defines(cls, new):
                facts = self.resolver.class_facts(cls)
                line = facts.methods[new][0].line if new in facts.methods else facts.line
                yield cls[0], Clash(line, f"{cls[1]} has {new} already")
        for path, name in sorted(self.having):
            for base in dict.fromkeys(self.classes.foreign((path, name))):
                if new in (library_members(base) or ()):
                    line = self.resolver.class_facts((path, name)).line
                    yield path, Clash(line, f"{base}, from which {name} inherits, has {new} already")
        for path, name in sorted(self.family):
            for clash in self.files[path].clashes.get((name, self.word, new), ()):
                if not clash.reason.endswith("already"):
                    yield path, clash

    def overrides(self) -> Iterator[tuple[Cls, str, bool]]:
        """Bases outside of the project that have a member of this name, or may: (class, base, whether it surely has)."""
        for cls in sorted(self.having):
            for name in dict.fromkeys(self.classes.foreign(cls)):
                known = library_members(name) if name else None
                if known is None or self.word in known:
                    yield cls, name, known is not None


def _local(asks: str) -> str:
    return f"~.{asks[1:]}" if asks[:1] == ":" else asks


def _of_super(site: Site) -> bool:
    return len(site.receivers) == 1 and site.receivers[0].startswith(SUPER)
