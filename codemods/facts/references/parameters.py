"""Parameters: what the function's body calls so, the keywords of its callers, the same parameter of what overrides it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from ..types.entity import Entity
from ..types.resolve import Resolver
from .data import Clash, FileSites, Reference, Site
from .members import Classes
from .names import owners_of, refers

Function = tuple[str, str]  # the file of a function and its qualified name there


class Parameters:
    """The places of one parameter of a function, or of a method and all that override it."""

    def __init__(
        self, files: Mapping[str, FileSites], resolver: Resolver, classes: Classes, function: Function, word: str
    ) -> None:
        self.files, self.resolver, self.word = files, resolver, word
        path, name = function
        cls, _, method = name.rpartition(".")
        self.functions = {function}
        if (path, cls) in classes.known and method not in ("__init__", "__new__"):
            family = classes.family((path, cls), method)
            self.functions |= {(p, f"{c}.{method}") for p, c in family if self._takes((p, f"{c}.{method}"))}

    def _takes(self, function: Function) -> bool:
        """Whether a function has a parameter of this name."""
        return any(True for _ in self._homes(function))

    def _homes(self, function: Function) -> Iterator[str]:
        """The scopes of a function that bind the word as a parameter; several where it is overloaded or conditional."""
        path, name = function
        file = self.files.get(path)
        for home, qualname in file.functions.items() if file else ():
            if qualname == name and "parameter" in file.bindings.get((home, self.word), ()):  # type: ignore[union-attr]
                yield home

    @cached_property
    def homes(self) -> frozenset[tuple[str, str]]:
        """The scopes whose parameter it is: file and scope."""
        return frozenset((path, home) for path, name in self.functions for home in self._homes((path, name)))

    def of(self, files: Mapping[str, Collection[Site]]) -> Iterator[Reference]:
        """The references in some files. Texts and comments elsewhere say nothing of a parameter."""
        for path, sites in files.items():
            for site in sites:
                if site.word == self.word and (found := self._of(path, site)) is not None:
                    yield found

    def _of(self, path: str, site: Site) -> Reference | None:
        match site.form:
            case "keyword":
                return self._keyword(path, site)
            case "lookup" if site.context == "keywords":
                return self._keyword(path, site)
            case "text" if site.context == "docstring:parameter" and (path, site.home) in self.homes:
                return refers(path, site, "resolves")
            case "text" | "comment" if site.home and (path, site.home) in self.homes:
                return refers(path, site, "name", "prose of the function holds the word")
            case "import" | "lookup" | "path" | "attribute" | "text" | "comment" | "pattern":
                return None
        return refers(path, site, "resolves") if (path, site.home) in self.homes and site.home else None

    def given(self, how: str) -> list[Function]:
        """The functions that get it in one way (`Site.context` of a parameter)."""
        return [
            (path, self.files[path].functions[home]) for path, home in sorted(self.homes)
            if any(s.form == "parameter" and s.home == home and s.context == how for s in self.files[path].sites if s.word == self.word)
        ]  # fmt: skip

    @cached_property
    def _unnamed(self) -> bool:
        """Whether no keyword gives it."""
        return len(self.given("unnamed")) == len(self.homes)

    def _keyword(self, path: str, site: Site) -> Reference | None:
        if self._unnamed:
            return None
        owners = owners_of(self.resolver, path, site, whole=True)
        if owners is None:
            outside = site.asks and site.asks[0] != ":" and self._is_outside(site.asks, path)
            return None if outside else refers(path, site, "name", "nobody knows what is called")
        given = {self._given(owner) for owner in owners}
        if given == {"resolves"}:
            return refers(path, site, "resolves")
        if "resolves" in given:
            return refers(path, site, "may", "another function may be called, too")
        return refers(path, site, "name", "it goes into **keywords, and on from there") if "on" in given else None

    def _given(self, owner: Entity | None) -> str:
        """Whether what is called is one of the functions, or may hand the keyword on to it."""
        function = self.resolver.runs(owner) if owner is not None else None
        if function is None:
            return ""
        if (function.module, function.name) in self.functions:
            return "resolves"
        named = {name.lstrip("*") for variant in function.variants for name, _ in variant.params}
        return "" if self.word in named else "on"

    def _is_outside(self, dotted: str, path: str) -> bool:
        found = self.resolver.exports.find(dotted, path)
        return bool(found) and all(f.kind == "outside" for f in found)

    def clashes(self, new: str) -> Iterator[tuple[str, Clash]]:
        """Why the parameter cannot get a new name, each with its file."""
        for path, home in sorted(self.homes):
            for clash in self.files[path].clashes.get((home, self.word, new), ()):
                yield path, clash

    def decorators(self) -> Iterator[tuple[str, str, str]]:
        """(file, function, decorator) of each: what may read the names of parameters."""
        for path, name in sorted(self.functions):
            for decorator in self.files[path].decorated.get(name, ()):
                yield path, name, decorator
