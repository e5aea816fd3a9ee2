"""The definitions of each function and its calls as edits of files, and what blocks them: all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from ..engine.codemod import OptionError
from ..engine.grouping import grouped
from ..engine.known import Decisions, Known
from ..engine.values import Skip
from ..facts.modules import of_tests
from ..facts.references.data import Reference
from ..facts.references.symbols import References, Symbol, references_of, word_of
from .expressions import written
from .frameworks import OVERLOADS, doubt, fixed, reads
from .parameter import Parameter, parameter_of
from .values import Called, Defined, Facts, Job, Signature, Use, Written

_QUIET = ("cache_clear", "cache_info", "cache_parameters")  # attributes of functions that call nothing


@dataclass(frozen=True)
class Options:
    """The options that the plan depends on."""

    function: tuple[str, ...]
    parameter: str
    value: str
    value_in_tests: str
    doc: str
    all_overrides: bool


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
        symbol = references.symbol(dotted)
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


@dataclass(frozen=True)
class _Place:
    """A place that means the function, and what is done there."""

    path: str
    line: int
    use: Use | None


class _Added:
    """One function and what becomes of it, of what it overrides, and of its calls."""

    def __init__(self, known: Known, references: References, symbol: Symbol, dotted: str, options: Options) -> None:
        self.facts: Mapping[str, Facts] = known.facts
        self.unreadable = known.project.unreadable
        self.references, self.symbol, self.dotted, self.options = references, symbol, dotted, options
        self.parameter: Parameter = parameter_of(options.parameter)
        self.name, self.word = self.parameter.name, symbol.word
        self.required = not self.parameter.default
        self.group = f"{symbol.path}::{dotted}({self.name})"
        self.doubts: list[str] = []
        self.calls: dict[str, list[Called]] = {}
        blocks = [*self._definitions()]
        told = [] if any(s.group for s in blocks) else [*self._places()]
        self.skips = [*blocks, *told]
        self.jobs = [] if any(s.group for s in self.skips) else [*self._jobs()]

    def _skip(self, path: str, line: int, code: str, reason: str, blocks: bool = True) -> Skip:
        return Skip(path, line, code, reason, self.group if blocks else "")

    # ---- definitions -----------------------------------------------------------------------

    @cached_property
    def homes(self) -> tuple[tuple[str, str], ...]:
        """The functions: a file and a qualified name, the one that was asked for first."""
        own = (self.symbol.path, self.symbol.name)
        if self.symbol.kind == "name":
            return (own,)
        family = self.references.members_of(self.symbol).family
        return (own, *sorted({(path, f"{cls}.{self.word}") for path, cls in family} - {own}))

    def _signatures(self, path: str, name: str) -> list[tuple[str, Signature]]:
        """The `def`s of a function, those of the stub file beside it too."""
        files = [path, f"{path}i"] if path.endswith(".py") else [path]
        return [(p, s) for p in files if p in self.facts for s in self.facts[p].signatures if s.name == name]

    @cached_property
    def defined(self) -> list[tuple[str, Signature]]:
        """The `def`s that get the parameter: an override with `**rest` takes it as it is."""
        own = self.homes[0]
        found = ((path, s) for home in self.homes for path, s in self._signatures(*home) if home == own or not s.rest)
        return [*dict.fromkeys(found)]

    def _definitions(self) -> Iterator[Skip]:
        """Why the definitions cannot have it."""
        for path, name in self.homes:
            found = self._signatures(path, name)
            if not found:
                yield self._skip(path, 1, "P02-no-function", f"{name} is not made by a def")
            for where, signature in found:
                yield from self._definition(where, signature)
                if signature.rest and (path, name) != self.homes[0]:
                    reason = f"{name} takes {self.name} in its ** parameter, and may hand it on"
                    yield self._skip(where, signature.line, "P05-handed-on", reason, blocks=False)
                    self.doubts.append(f"{where}:{signature.line}: {reason}")
        yield from self._around()
        if self._signatures(*self.homes[0]) and self._bound_anew():
            reason = f"{self.word} is bound to something else, too"
            yield self._skip(self.symbol.path, 1, "P02-no-function", reason)

    def _around(self) -> Iterator[Skip]:
        """What cannot be read, what a protocol asks for, what a base outside of the project calls."""
        for path, unreadable in self.unreadable.items():
            if self.symbol.kind == "member" or self.required or self._value(path):
                reason = f"it holds {self.word} perhaps, and cannot be read: {unreadable.reason}"
                yield self._skip(path, unreadable.line, "P09-unreadable", reason)
        if self.symbol.kind != "member":
            return
        members = self.references.members_of(self.symbol)
        for (path, name), protocol in sorted(members.alike()):
            line = self.references.resolver.class_facts((path, name)).line
            if protocol != (path, name):
                reason = f"{name} has all that the protocol {protocol[1]} asks for: --all-overrides gives it one, too"
                yield self._skip(path, line, "P07-protocol", reason)
            else:
                reason = f"a protocol that asks for {self.word}, as it was"
                yield self._skip(path, line, "P07-protocol", reason, blocks=self.required)
        for (path, name), base, surely in members.overrides() if self.required else ():
            line = self.references.resolver.class_facts((path, name)).line
            reason = f"{base or 'something that nobody knows'}, from which {name} inherits, "
            reason += f"has {self.word}, too" if surely else f"may call {self.word}, too"
            yield self._skip(path, line, "P08-overrides", reason)

    def _bound_anew(self) -> bool:
        if self.symbol.kind == "name":
            return self.references.files[self.symbol.path].table.names.get(self.word) != (f":{self.word}",)
        family = self.references.members_of(self.symbol).family
        classes = map(self.references.resolver.class_facts, family)
        return any(self.word in cls.methods and cls.attributes.get(self.word) for cls in classes)

    def _definition(self, path: str, signature: Signature) -> Iterator[Skip]:
        if signature.has:
            yield self._skip(path, signature.line, "P14-has-it", f"{signature.name} has {self.name} already")
        for line, reason in signature.taken:
            yield self._skip(path, line, "P01-taken", reason)
        if signature.commented:
            reason = "the types of its parameters stand in a comment"
            yield self._skip(path, signature.line, "P02-no-function", reason)
        if reason := fixed(self.word, signature.decorators, of_tests(path)):
            yield self._skip(path, signature.line, "P03-not-free", reason)
        for decorator, called in zip(signature.decorators, signature.called, strict=True):
            if (why := doubt(decorator)) and not self._wraps(decorator, called, path):
                self.doubts.append(f"{path}:{signature.line}: {why}")

    def _wraps(self, decorator: str, called: bool, path: str) -> bool:
        """Whether a decorator is one of the project that hands all arguments on."""
        found = self.references.exports.definition(decorator, path)
        facts = self.facts.get(found.path) if found is not None and found.kind == "definition" else None
        return facts is not None and found is not None and (found.name, called) in facts.wrappers

    @property
    def keyword_only(self) -> bool:
        """Whether it cannot be one by position: something stands behind it, or not all that override take the same."""
        found = [s for _, s in self.defined]
        several = len({s.positional for s in found}) > 1
        late = self.required and any(s.defaults for s in found)
        return self.parameter.keyword_only or several or late or any(s.only_keywords for s in found)

    # ---- places ----------------------------------------------------------------------------

    def _value(self, path: str) -> str:
        """What a call in a file gives; "" where it gives nothing."""
        options = self.options
        if of_tests(path):
            return options.value_in_tests or (options.value if self.required else "")
        return options.value

    def _places(self) -> Iterator[Skip]:
        """What is not edited, each with its line; keeps the calls that are."""
        for reference in self.references.of(self.symbol):
            path, line = reference.path, reference.line
            matters = bool(self._value(path))
            match reference.verdict:
                case "resolves":
                    yield from self._resolved(reference)
                case "may" if matters:
                    yield self._skip(path, line, "P11-one-of-several", reference.reason)
                case "name" if matters and reference.form in ("attribute", "lookup"):
                    reason = f"{reference.reason}: it is left as it is"
                    yield self._skip(path, line, "P10-only-its-name", reason, blocks=False)
                    if self.required:
                        self.doubts.append(f"{path}:{line}: {reason}")
        if self.symbol.kind == "name":
            yield from self._mixed()

    def _mixed(self) -> Iterator[Skip]:
        """Files where the name is the function or something else."""
        bindings = self.references.bindings((self.symbol.path, self.symbol.name), self.word)
        for path in sorted(bindings.mixed):
            for use in self.facts[path].uses if self._value(path) else ():
                if any(s.start == use.start and s.word == self.word and s.form == "name" for s in self._sites(path)):
                    yield self._skip(
                        path, use.line, "P11-one-of-several", f"{self.word} may be another function here"
                    )

    def _sites(self, path: str):  # type: ignore[no-untyped-def]
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
                elif self._value(path):
                    yield self._skip(path, site.line, "P11-one-of-several", f"{alias} may be another function here")
        table = self.references.files[path].table
        handed_on = path.rpartition("/")[2].startswith("__init__.") or alias in (table.exported or ())
        if handed_on and not reference.home:
            reason = f"it is handed on as {alias}: whoever calls it so is not looked for"
            yield self._skip(path, reference.line, "P04-passed", reason, blocks=self.required)

    def _told(self, reference: Reference) -> Iterator[Skip]:
        """A text that names it: a mock that stands for it, or somebody who looks it up."""
        path, line = reference.path, reference.line
        callee = reference.context.partition("#")[0]
        if not callee.endswith((".patch", ".object", ".setattr", ".create_autospec", ".multiple")):
            reason = "a text names it: whoever calls it by that gives no argument"
            yield self._skip(path, line, "P04-passed", reason, blocks=self.required)
        elif self.options.value:
            reason = f"what stands for it here is called with {self.name}, too"
            yield self._skip(path, line, "P06-mock", reason, blocks=False)
            for at, first, last in self.facts[path].asserted:
                if first <= line <= last:
                    yield self._skip(path, at, "P06-mock", "a mock is asked how it was called", blocks=False)

    def _used(self, path: str, line: int, use: Use | None) -> Iterator[Skip]:
        if use is None:
            if self._value(path):
                yield self._skip(
                    path, line, "P12-no-place", f"nobody knows where {self.word} stands in this f-string"
                )
            return
        if use.how in ("call", "partial"):
            yield from self._call(path, use)
        elif use.how == "attribute" and (use.taker in _QUIET or use.taker.startswith("__")):
            return
        else:
            if use.taker and reads(use.taker):
                self.doubts.append(f"{path}:{line}: {use.taker} reads its parameters, or calls it by them")
            reason = "it is passed as a value: whoever calls it gives no argument"
            yield self._skip(path, line, "P04-passed", reason, blocks=self.required)

    def _call(self, path: str, use: Use) -> Iterator[Skip]:
        own = {name for home in self.homes for name in [home[1]] if home[0] == path}
        gives = {s.name for p, s in self.defined if p == path}
        around = next((name for name in use.inside if name in own), "")
        if around and around not in gives:  # an override hands on what it gets in `**rest`
            return
        value = Written(self.name) if around else self._written(path)
        if self.name in use.keywords:
            reason = f"{self.name} is given here already"
            yield self._skip(path, use.line, "P14-has-it", reason, blocks=any(s.rest for _, s in self.defined))
        elif use.spreads and value.text:
            reason = f"** may give {self.name} here already"
            yield self._skip(path, use.line, "P05-handed-on", reason, blocks=self.required)
        elif value.text:
            self.calls.setdefault(path, []).append(Called(start=use.start, line=use.line, value=value))
            self._imports(path, use.line, value)

    def _written(self, path: str) -> Written:
        return written(self.references, self.symbol.path, self._value(path), path)

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


def words_of(functions: tuple[str, ...]) -> tuple[str, ...]:
    """The words that the functions are called by."""
    return tuple(dict.fromkeys(map(word_of, functions)))


def files_of(functions: tuple[str, ...]) -> tuple[str, ...]:
    """The files in which they may be defined, so that one that is not there is seen."""
    inner = {part for dotted in functions for part in accumulate(dotted.split("."), "{}/{}".format)}
    ends = (".py", "/__init__.py")
    return tuple(sorted(f"{above}{each}{end}" for each in inner for above in ("", "*/") for end in ends))
