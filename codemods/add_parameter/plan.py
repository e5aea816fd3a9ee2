"""The definitions of each function and its calls as edits of files, and what blocks them: all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..engine.codemod import OptionError
from ..engine.grouping import grouped
from ..engine.known import Decisions, Known
from ..engine.values import Skip
from ..facts.exports import is_package
from ..facts.modules import of_tests
from ..facts.references.data import Reference, Site
from ..facts.references.symbols import References, Symbol, references_of
from .asked import Options
from .expressions import written
from .frameworks import OVERLOADS, of_mocks, reads
from .function import Function
from .values import Called, Defined, Job, Signature, Use, Written

_QUIET = ("cache_clear", "cache_info", "cache_parameters")  # attributes of functions that call nothing


@dataclass
class Plan:
    """What is decided, and the files that must be read before that is final."""

    wanted: frozenset[str] = frozenset()
    decisions: Decisions = field(default_factory=Decisions)


def plan_of(known: Known, options: Options) -> Plan:
    """The plan over all that is known in this round."""
    references = known.once(references_of, True, options.all_overrides)
    jobs: dict[str, list[Job]] = {}
    skips: list[Skip] = []
    for dotted in dict.fromkeys(options.function):
        symbol = references.symbol(dotted.removesuffix(".__init__"))
        if symbol is not None and symbol.kind in ("name", "member"):
            added = _Added(known, references, symbol, dotted, options)
            skips += added.skips
            for path, job in added.jobs:
                jobs.setdefault(path, []).append(job)
        elif not references.wanted:
            raise OptionError("function", dotted, "the dotted name of a function of the project is needed")
    groups = {path: [job.group for job in found] for path, found in jobs.items()}
    decisions = Decisions(
        by_path={path: tuple(found) for path, found in jobs.items()}, skips=tuple(dict.fromkeys(skips)), groups=groups
    )
    return Plan(wanted=references.wanted, decisions=decisions)


class _Added(Function):
    """One function and what becomes of it, of what it overrides, and of its calls."""

    def __init__(self, known: Known, references: References, symbol: Symbol, dotted: str, options: Options) -> None:
        super().__init__(known, references, symbol, dotted, options)
        self.calls: dict[str, list[Called]] = {}
        blocks = [*self.definitions()]
        told = [] if any(s.group for s in blocks) else [*self._places()]
        self.skips = [*blocks, *told]
        self.jobs = [] if any(s.group for s in self.skips) else [*self._jobs()]

    # ---- places ----------------------------------------------------------------------------

    def _value(self, path: str) -> str:
        """What a call in a file gives; "" where it gives nothing."""
        options = self.options
        if of_tests(path):
            return options.value_in_tests or (options.value if self.required else "")
        return options.value

    def _places(self) -> Iterator[Skip]:
        """What is not edited, each with its line; keeps the calls that are."""
        for reference in self.places():
            path, line = reference.path, reference.line
            matters = bool(self.value(path))
            match reference.verdict:
                case "resolves":
                    yield from self._resolved(reference)
                case "may" if matters:
                    yield self.skip(path, line, "P11-one-of-several", reference.reason)
                case "name" if self._mocked(self._uses(path).get(reference.start)):
                    yield self.skip(
                        path, line, "P06-mock", f"a mock called {self.word}, perhaps of this one", blocks=False
                    )
                case "name" if matters and reference.form in ("attribute", "lookup"):
                    reason = f"{reference.reason}: it is left as it is"
                    yield self.skip(path, line, "P10-only-its-name", reason, blocks=False)
                    if self.required:
                        self.doubts.append(f"{path}:{line}: {reason}")
        for path in self.references.by_word.get(self.word, ()):
            for line in self.facts[path].examples if self.required else ():
                reason = f"an example calls {self.word}, perhaps this one"
                yield self.skip(path, line, "P10-only-its-name", reason, blocks=False)
        if self.symbol.kind == "name":
            yield from self._mixed()

    def _mixed(self) -> Iterator[Skip]:
        """Files where the name is the function or something else."""
        bindings = self.references.bindings((self.symbol.path, self.symbol.name), self.word)
        for path in sorted(bindings.mixed):
            for use in self.facts[path].uses if self.value(path) else ():
                if any(s.start == use.start and s.word == self.word and s.form == "name" for s in self._sites(path)):
                    yield self.skip(path, use.line, "P11-one-of-several", f"{self.word} may be another function here")

    def _sites(self, path: str) -> tuple[Site, ...]:
        return self.references.files[path].sites

    def _resolved(self, reference: Reference) -> Iterator[Skip]:
        path, line = reference.path, reference.line
        match reference.form:
            case "name" | "attribute":
                if reference.reason:
                    self.doubts.append(f"{path}:{line}: {reference.reason}")
                yield from self._used(path, line, self._uses(path).get(reference.start))
            case "import" if reference.aliased and reference.binds != self.word:
                yield from self._aliased(reference)
            case "lookup" | "path":
                yield from self._told(reference)

    def _uses(self, path: str) -> dict[int, Use]:
        return {use.start: use for use in self.facts[path].uses}

    def _aliased(self, reference: Reference) -> Iterator[Skip]:
        """The uses of the name that an import gives it."""
        path, alias = reference.path, reference.binds
        found = self.references.files[path].bindings.get((reference.home, alias), ())
        bindings = self.references.bindings((self.symbol.path, self.symbol.name), self.word)
        surely = all(bindings.place(b, path) in bindings.places for b in found)
        uses = self._uses(path)
        for site in self._sites(path):
            if site.word == alias and site.home == reference.home and site.form == "name":
                if surely:
                    yield from self._used(path, site.line, uses.get(site.start))
                elif self.value(path):
                    yield self.skip(path, site.line, "P11-one-of-several", f"{alias} may be another function here")
        table = self.references.files[path].table
        handed_on = is_package(path) or alias in (table.exported or ())
        if handed_on and not reference.home:
            reason = f"it is handed on as {alias}: whoever calls it so is not looked for"
            yield self.skip(path, reference.line, "P04-passed", reason, blocks=self.required)

    def _told(self, reference: Reference) -> Iterator[Skip]:
        """A text that names it: a mock that stands for it, or somebody who looks it up."""
        path, line = reference.path, reference.line
        callee = reference.context.partition("#")[0]
        if not callee.endswith((".patch", ".object", ".setattr", ".create_autospec", ".multiple")):
            reason = "a text names it: whoever calls it by that gives no argument"
            yield self.skip(path, line, "P04-passed", reason, blocks=self.required)
        elif self.options.value:
            reason = f"what stands for it here is called with {self.name}, too"
            yield self.skip(path, line, "P06-mock", reason, blocks=False)
            for at, first, last in self.facts[path].asserted:
                if first <= line <= last:
                    yield self.skip(path, at, "P06-mock", "a mock is asked how it was called", blocks=False)

    def _used(self, path: str, line: int, use: Use | None) -> Iterator[Skip]:
        if use is None:
            if self.value(path):
                yield self.skip(path, line, "P12-no-place", f"nobody knows where {self.word} stands in this f-string")
            return
        if use.how in ("call", "partial"):
            yield from self._call(path, use)
        elif use.how == "stored":
            if self.options.value:
                reason = f"what is put in its place is called with {self.name}, too"
                yield self.skip(path, line, "P06-mock", reason, blocks=False)
        elif self._mocked(use):
            yield self.skip(path, line, "P06-mock", f"a mock of it, which gets {self.name}, too", blocks=False)
        elif (self.is_class and use.how in ("type", "attribute")) or (
            use.how == "attribute" and (use.taker in _QUIET or use.taker.startswith("__"))
        ):
            return
        else:
            if use.taker and reads(use.taker):
                self.doubts.append(f"{path}:{line}: {use.taker} reads its parameters, or calls it by them")
            reason = "it is passed as a value: whoever calls it gives no argument"
            yield self.skip(path, line, "P04-passed", reason, blocks=self.required)

    def _mocked(self, use: Use | None) -> bool:
        """Whether something is asked of a function that only a mock has, while calls give another argument."""
        return use is not None and use.how == "attribute" and bool(self.options.value) and of_mocks(use.taker)

    def _call(self, path: str, use: Use) -> Iterator[Skip]:
        own = {name for home in self.homes for name in [home[1]] if home[0] == path}
        gives = {s.name for p, s in self.defined if p == path}
        around = next((name for name in use.inside if name in own), "")
        if around and around not in gives:  # an override hands on what it gets in `**rest`
            return
        value = Written(self.name) if around else self._written(path)
        own_rest = around and {*use.spreads} == {self._rest(path, around)}
        if use.spreads and not own_rest and any(s.rest for _, s in self.defined):
            self.doubts.append(f"{path}:{use.line}: ** may give {self.name}, which its ** parameter took so far")
        if self.name in use.keywords:
            reason = f"{self.name} is given here already"
            yield self.skip(path, use.line, "P14-has-it", reason, blocks=any(s.rest for _, s in self.defined))
        elif use.spreads and value.text and not own_rest:
            reason = f"** may give {self.name} here already"
            yield self.skip(path, use.line, "P05-handed-on", reason, blocks=self.required)
        elif value.text:
            self.calls.setdefault(path, []).append(Called(start=use.start, line=use.line, value=value))
            self._imports(path, use.line, value)

    def _rest(self, path: str, name: str) -> str:
        """The `**rest` of a function that gets the parameter, in which that is no more."""
        return next((s.rest for p, s in self.defined if (p, s.name) == (path, name)), "")

    def _written(self, path: str) -> Written:
        return written(self.references, self.symbol.path, self.value(path), path)

    def _imports(self, path: str, line: int, value: Written) -> None:
        """Doubt a module of the project that a file has not imported so far: it may import this one."""
        sources = self.references.files[path].table.sources
        for name in value.names:
            module = name.item.module if name.item is not None and not name.local else ""
            found = self.references.modules.path(module) if module else None
            known = any(f"{each}.".startswith(f"{module}.") for each in sources)
            if found not in (None, path) and not known and not of_tests(path):
                self.doubts.append(f"{path}:{line}: it imports {module}, which may import this file")

    # ---- jobs ------------------------------------------------------------------------------

    def _jobs(self) -> Iterator[tuple[str, Job]]:
        defined = grouped((path, self._defined(path, s)) for path, s in self.defined)
        for path, found in defined.items():
            for each in found:
                self._imports(path, 1, each.annotation)
                self._imports(path, 1, each.default)
        reason = f"add {self.name} to {self.dotted}"
        unsafe = sorted(dict.fromkeys(self.doubts))
        reason += "".join(f"; {each}" for each in unsafe[:3])
        paths = sorted({*defined, *self.calls}, key=lambda p: (p != self.symbol.path, p))
        for path in paths:
            calls = tuple(sorted(dict.fromkeys(self.calls.get(path, ()))))
            lines = [s.line for p, s in self.defined if p == path] or [c.line for c in calls]
            words = {s.word for s in self._sites(path)}
            yield (
                path,
                Job(
                    group=self.group, line=lines[0], reason=reason, name=self.name, words=tuple(sorted(words)),
                    defined=tuple(sorted(defined.get(path, ()))), called=calls, unsafe=bool(unsafe),
                ),
            )  # fmt: skip

    def _defined(self, path: str, signature: Signature) -> Defined:
        parts = (self.parameter.annotation, self.parameter.default)
        annotation, default = (written(self.references, self.symbol.path, text, path) for text in parts)
        return Defined(
            start=signature.start,
            name=signature.name,
            annotation=annotation,
            default=default,
            keyword_only=self.keyword_only,
            doc=self.options.doc,
            stub=path.endswith(".pyi") or any(d in OVERLOADS for d in signature.decorators),
        )
