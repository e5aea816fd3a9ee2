"""What calls and operators raise: the callee by its type, and then what it is: a function of the project, a class, an entry of the
knowledge base, or nothing that anybody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..types.entity import Entity
from ..types.resolve import Resolver
from . import knowledge, operators
from .callees import Callees
from .data import Call, Entry, Flow, FlowFacts, Op
from .hierarchy import Hierarchy, builtin
from .raised import Origin, Place, Raised


class Running:
    """What running something adds to what is raised; `function` says it of one of the project."""

    def __init__(self, files: Mapping[str, FlowFacts], types: Resolver, said: Mapping[str, Entry]) -> None:
        self.files = files
        self.types = types
        self.hierarchy = Hierarchy(types)
        self.callees = Callees(files, types, said)
        self.asking: Place | None = None  # the function that is looked at; None for a guarded body

    def function(self, place: Place) -> Raised:
        """What a function raises, as far as that is known by now."""
        raise NotImplementedError

    def unpacked(self, place: Place) -> tuple[Flow, ...]:
        """The flows of a function."""
        raise NotImplementedError

    # ---- calls -----------------------------------------------------------------------------

    def call(self, term: Call, path: str, out: Raised) -> None:
        at = Origin(path=path, line=term.line, text=f"{term.text}()")
        entity = self.types.resolve(term.path, path) if term.path and not term.path.startswith("?") else None
        if entity is None:
            self._unresolved(term, path, at, out)
        else:
            self._target(entity, at, out, term)
        for which in self.callees.consumed(term, entity):
            self._consumed(which, term, path, at, out)

    def _consumed(self, which: str, term: Call, path: str, at: Origin, out: Raised) -> None:
        """An argument that the callee calls: `sorted(rows, key=f)`."""
        given = dict(term.given)
        if which.isdigit() and int(which) >= term.positional and which not in given:
            return
        if not which.isdigit() and which not in term.keywords:
            return
        entity = self.types.resolve(given[which], path) if given.get(which) else None
        if entity is not None:
            self._target(entity, at, out, None)
        elif given.get(which, "").startswith("~.") and "#" in given[which]:
            out.params.setdefault((path, given[which].removeprefix("~.")), at)
        else:
            out.lost(f"{term.text}({which}=…)" if not which.isdigit() else f"{term.text}(…)", at)

    def _unresolved(self, term: Call, path: str, at: Origin, out: Raised) -> None:
        if "#" in term.path.rpartition(".")[2]:  # a parameter
            out.params.setdefault((path, term.path.removeprefix("~.")), at)
            return
        found = self.callees.by_name(term, path)
        if found is None:
            out.lost(term.text, at)
            return
        out.assumed = out.assumed or term.text
        for entity in found:
            self._target(entity, at, out, term)

    def _target(self, entity: Entity, at: Origin, out: Raised, term: Call | None) -> None:
        """What calling something raises."""
        match entity.kind:
            case "class":
                self._made(entity, at, out, term)
            case "instance" if (call := self.types.member(entity, "__call__")) is not None:
                self._target(call, at, out, term)
            case "function":
                kind, _ = self.types.kind(entity)
                lazy = entity.variants[0].kind in ("gen", "asyncgen") or kind == "manager"
                if kind == "coroutine" and term is not None and not term.awaited:
                    return  # it runs when it is awaited
                if not lazy:
                    self.run(entity, at, out, term)
            case "callable" | "manager" | "entering" | "attribute" | "module" | "instance":
                out.lost(at.text.removesuffix("()"), at)

    def _made(self, cls: Entity, at: Origin, out: Raised, term: Call | None) -> None:
        """What making an instance raises."""
        place = (cls.module, cls.name)
        if cls.module not in self.files:
            if self.hierarchy.is_exception(place):
                return
            for name in ("__init__", "__new__"):
                method = self.types.member(cls, name)
                if method is not None and self.callees.entry(method.module, method.name) is not None:
                    self.known(method, at, out, term)
                    return
            self.known(cls, at, out, term)
            return
        found = False
        for name in ("__new__", "__init__", "__post_init__"):
            method = self.types.member(cls, name)
            if method is not None and method.kind == "function":
                found = True
                self.run(replace(method, unbound=False), at, out, term)
        unknown = self.callees.strange_base(place)
        if not found and unknown:
            out.lost(f"{unknown}.__init__", at)

    def run(self, entity: Entity, at: Origin, out: Raised, term: Call | None = None) -> None:
        """What running a function raises, under its decorators."""
        if entity.module not in self.files:
            self.known(entity, at, out, term)
            return
        place = (entity.module, entity.name)
        inner = Raised()
        inner.add(self.function(place), at._replace(via=place))
        for other in self.callees.overrides(entity):
            inner.add(self.function(other), at._replace(via=other))
        if self.callees.is_abstract(entity) and not self.callees.overrides(entity):
            inner.lost(f"{entity.name} (abstract)", at)
        for decorator in reversed(entity.variants[0].decorators):
            inner = self._decorated(decorator, entity, inner, at)
        self._fill(entity, inner, term, at, out)

    def _decorated(self, decorator: str, entity: Entity, inner: Raised, at: Origin) -> Raised:
        """What a function raises under one decorator."""
        wrappers = self.callees.wrappers(decorator, entity.module)
        if wrappers is None:
            name = decorator.removeprefix("~.") or "something unknown"
            outer = Raised()
            outer.add(inner)
            outer.lost(f"@{name}", at)
            return outer
        if not wrappers:
            return inner
        outer = Raised()
        for wrapper in wrappers:
            found = self.function(wrapper)
            outer.add(found, at._replace(via=wrapper), without=found.params)
            if found.params:
                outer.add(inner)
        return outer

    def _fill(self, entity: Entity, inner: Raised, term: Call | None, at: Origin, out: Raised) -> None:
        """Parameters that the function calls, by what it is given here."""
        mine = f"{entity.name}#"
        own = [p for p in inner.params if p[0] == entity.module and p[1].startswith(mine)]
        out.add(inner, without=own)
        given = dict(term.given) if term is not None else {}
        for param in own:
            name = param[1].removeprefix(mine)
            which = self.callees.position(entity, name)
            path = given.get(name) or given.get(which, "")
            there = self.types.resolve(path, at.path) if path else None
            absent = term is not None and name not in term.keywords and int(which or 99) >= term.positional
            if there is not None:
                self._target(there, at, out, None)
            elif "#" in path:
                out.params.setdefault((at.path, path.removeprefix("~.")), at)
            elif not absent:
                out.lost(f"{name} (a parameter of {entity.name})", at)

    def known(self, entity: Entity, at: Origin, out: Raised, term: Call | None = None) -> None:
        """What the knowledge base says of a library's callable."""
        entry = self.callees.entry(entity.module, entity.name)
        if entry is None:
            out.lost(f"{entity.module}.{entity.name}", at)
            return
        if not entry.total:
            out.weak = out.weak or f"{entity.module}.{entity.name}"
        for dotted, evidence in self.callees.narrowed(entity, entry, term).items():
            named = self.types.resolve(dotted, "")
            cls = (
                (named.module, named.name) if named is not None and named.kind == "class" else knowledge.split(dotted)
            )
            out.raises(cls, at._replace(evidence=evidence))

    # ---- operators -------------------------------------------------------------------------

    def operate(self, op: Op, path: str, out: Raised) -> None:
        at = Origin(path=path, line=op.line, text=op.text, evidence="operator")
        if op.operator == "assert":
            out.raises(builtin("AssertionError"), at)
            return
        if op.operator == "import":
            self._import(op, path, at, out)
            return
        if op.operator in ("attribute", "setattribute"):
            self._attribute(op, path, at, out)
            return
        entity = self.types.resolve(op.path, path) if op.path else None
        if entity is not None and entity.kind == "instance":
            if (found := operators.on_builtin(op, entity)) is not None:
                for name in found:
                    out.raises(builtin(name), at)
                return
            methods = [m for n in operators.METHODS.get(op.operator, ()) if (m := self.types.member(entity, n))]
            methods = [m for m in methods if m.kind == "function"]
            for method in methods:
                self.run(method, at, out)
            if methods or op.operator in ("bool", "equal", "format", "contains", "compare", "binary"):
                return
        generator = self.types.resolve(op.path.removesuffix("()"), path) if op.path.endswith("()") else None
        lazy = (
            generator is not None
            and generator.kind == "function"
            and generator.variants[0].kind in ("gen", "asyncgen")
        )
        if generator is not None and lazy and op.operator in ("iter", "aiter"):
            self.run(generator, at, out)
            return
        if op.operator == "await":
            out.lost(f"await {op.text}", at)
            return
        out.assumed = out.assumed or op.text
        for name in operators.on_unknown(op):
            out.raises(builtin(name), at)

    def _attribute(self, op: Op, path: str, at: Origin, out: Raised) -> None:
        """A property runs code; an attribute that nobody knows of may be missing."""
        base, _, name = op.path.rpartition(".")
        entity = self.types.resolve(base, path) if base else None
        if entity is None:
            if op.operator == "attribute":
                out.assumed = out.assumed or op.text
                out.raises(builtin("AttributeError"), at)
            return
        if entity.kind != "instance":
            return
        member = self.types.member(entity, name)
        if member is not None and member.kind == "function" and self.types.kind(member)[0] == "property":
            if op.operator == "setattribute" and member.module in self.files:
                setter = (member.module, f"{member.name}.setter")
                out.add(self.function(setter), at._replace(via=setter)) if self.unpacked(setter) else None
            else:
                self.run(member, at, out)
        elif member is None and op.operator == "attribute" and (own := self.types.member(entity, "__getattr__")):
            self.run(own, at, out)

    def _import(self, op: Op, path: str, at: Origin, out: Raised) -> None:
        """An import of the standard library finds its module or fails; any other runs what nobody knows, when it is the first: right
        in a guarded body that may be so."""
        if self.callees.is_stdlib(op.path) or self.asking is not None:
            out.raises(builtin("ImportError"), at)
            out.assumed = out.assumed or op.text
        else:
            out.lost(op.text, at)
