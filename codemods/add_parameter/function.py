"""The definitions of one function that get the parameter, and why they cannot: its `def`s, its stub, what it overrides and
what overrides it. Of a class that is its constructor, which has no part in overriding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from ..engine.known import Known
from ..engine.values import Skip
from ..facts.modules import of_tests
from ..facts.references.data import Reference
from ..facts.references.members import Members
from ..facts.references.symbols import References, Symbol
from ..facts.references.unreadable import unreadable
from .asked import Options
from .frameworks import doubt, fixed
from .parameter import Parameter, parameter_of
from .values import Facts, Signature


class Function:
    """One function, as it was asked for."""

    def __init__(self, known: Known, references: References, symbol: Symbol, dotted: str, options: Options) -> None:
        self.facts: Mapping[str, Facts] = known.facts
        self.project = known.project
        self.references, self.symbol, self.dotted, self.options = references, symbol, dotted, options
        self.parameter: Parameter = parameter_of(options.parameter)
        self.name, self.word = self.parameter.name, symbol.word
        self.required = not self.parameter.default
        self.group = f"{symbol.path}::{dotted}({self.name})"
        self.doubts: list[str] = []
        types = references.files[symbol.path].types
        self.is_class = types is not None and symbol.name in types.classes

    def skip(self, path: str, line: int, code: str, reason: str, blocks: bool = True) -> Skip:
        return Skip(path, line, code, reason, self.group if blocks else "")

    def value(self, path: str) -> str:
        """What a call in a file gives; "" where it gives nothing."""
        options = self.options
        if of_tests(path):
            return options.value_in_tests or (options.value if self.required else "")
        return options.value

    @cached_property
    def homes(self) -> tuple[tuple[str, str], ...]:
        """The functions: a file and a qualified name, the one that was asked for first."""
        own = (self.symbol.path, self.symbol.name)
        if self.is_class:
            return ((own[0], f"{own[1]}.__init__"),)
        if self.symbol.kind == "name":
            return (own,)
        family = self.references.members_of(self.symbol).family
        return (own, *sorted({(path, f"{cls}.{self.word}") for path, cls in family} - {own}))

    def signatures(self, path: str, name: str) -> list[tuple[str, Signature]]:
        """The `def`s of a function, those of the stub file beside it too."""
        files = [path, f"{path}i"] if path.endswith(".py") else [path]
        return [(p, s) for p in files if p in self.facts for s in self.facts[p].signatures if s.name == name]

    @cached_property
    def defined(self) -> list[tuple[str, Signature]]:
        """The `def`s that get the parameter: an override with `**rest` takes it as it is."""
        own = self.homes[0]
        found = ((path, s) for home in self.homes for path, s in self.signatures(*home) if home == own or not s.rest)
        return [*dict.fromkeys(found)]

    def definitions(self) -> Iterator[Skip]:
        """Why the definitions cannot have it."""
        for path, name in self.homes:
            found = self.signatures(path, name)
            if not found:
                yield self.skip(path, self._line, "P02-no-function", f"{name} is not made by a def")
            for where, signature in found:
                yield from self._definition(where, signature)
                if signature.rest and (path, name) != self.homes[0]:
                    reason = f"{name} takes {self.name} in its ** parameter, and may hand it on"
                    yield self.skip(where, signature.line, "P05-handed-on", reason, blocks=False)
                    self.doubts.append(f"{where}:{signature.line}: {reason}")
        yield from self._class() if self.is_class else self._around()
        if self.signatures(*self.homes[0]) and self._bound_anew():
            reason = f"{self.word} is bound to something else, too"
            yield self.skip(self.symbol.path, 1, "P02-no-function", reason)

    @property
    def _line(self) -> int:
        types = self.references.files[self.symbol.path].types
        return types.classes[self.symbol.name].line if types is not None and self.is_class else 1

    @cached_property
    def constructor(self) -> Members:
        """The places of a class's own `__init__`: those of subclasses are others, whatever they take."""
        references = self.references
        cls = (self.symbol.path, self.symbol.name)
        found = Members(references.files, references.resolver, references.classes, cls, "__init__")
        found.family = frozenset({cls})
        return found

    def places(self) -> Iterator[Reference]:
        """All places that mean it; of a class those of its constructor, too."""
        yield from self.references.of(self.symbol)
        if self.is_class:
            paths = self.references.by_word.get("__init__", ())
            yield from sorted(set(self.constructor.of({p: self.references.files[p].sites for p in paths})))

    def _class(self) -> Iterator[Skip]:
        """What else makes instances of a class."""
        yield from self._unreadable()
        classes, cls = self.references.classes, (self.symbol.path, self.symbol.name)
        if classes.defines(cls, "__new__"):
            yield self.skip(cls[0], self._line, "P02-no-function", f"{cls[1]} has __new__, which takes the same")
        for path, name in classes.below(cls) if self.options.value else ():
            if (path, name) != cls and classes.definer((path, name), "__init__") == cls:
                line = self.references.resolver.class_facts((path, name)).line
                reason = f"{name} is made by it, too: calls of {name} are not looked for"
                yield self.skip(path, line, "P04-passed", reason, blocks=self.required)
        for line, name in self.facts[cls[0]].makes if self.options.value else ():
            if name == cls[1]:
                reason = f"this makes {name} or a subclass of it, which may take other arguments"
                yield self.skip(cls[0], line, "P04-passed", reason, blocks=self.required)

    def _unreadable(self) -> Iterator[Skip]:
        for path, line, reason in unreadable(self.project, self.word):
            if self.symbol.kind == "member" or self.required or self.value(path):
                yield self.skip(path, line, "P09-unreadable", reason)

    def _around(self) -> Iterator[Skip]:
        """What cannot be read, what a protocol asks for, what a base outside of the project calls."""
        yield from self._unreadable()
        if self.symbol.kind != "member":
            return
        members = self.references.members_of(self.symbol)
        for (path, name), protocol in sorted(members.alike()):
            line = self.references.resolver.class_facts((path, name)).line
            if protocol != (path, name):
                reason = f"{name} has all that the protocol {protocol[1]} asks for: --all-overrides gives it one, too"
                yield self.skip(path, line, "P07-protocol", reason)
            else:
                reason = f"a protocol that asks for {self.word}, as it was"
                yield self.skip(path, line, "P07-protocol", reason, blocks=self.required)
        for (path, name), base, surely in members.overrides() if self.required else ():
            line = self.references.resolver.class_facts((path, name)).line
            reason = f"{base or 'something that nobody knows'}, from which {name} inherits, "
            reason += f"has {self.word}, too" if surely else f"may call {self.word}, too"
            yield self.skip(path, line, "P08-overrides", reason)

    def _bound_anew(self) -> bool:
        if self.symbol.kind == "name":
            return self.references.files[self.symbol.path].table.names.get(self.word) != (f":{self.word}",)
        family = self.references.members_of(self.symbol).family
        classes = map(self.references.resolver.class_facts, family)
        return any(self.word in cls.methods and cls.attributes.get(self.word) for cls in classes)

    def _definition(self, path: str, signature: Signature) -> Iterator[Skip]:
        if signature.has:
            yield self.skip(path, signature.line, "P14-has-it", f"{signature.name} has {self.name} already")
        for line, reason in signature.taken:
            yield self.skip(path, line, "P01-taken", reason)
        if signature.commented:
            reason = "the types of its parameters stand in a comment"
            yield self.skip(path, signature.line, "P02-no-function", reason)
        if reason := fixed(signature.name.rpartition(".")[2], signature.decorators, of_tests(path)):
            yield self.skip(path, signature.line, "P03-not-free", reason)
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
