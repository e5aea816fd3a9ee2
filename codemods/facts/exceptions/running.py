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

# what runs code that is not seen here, though its library is known
_FOREIGN = (
    "importlib.", "runpy.", "pickle.", "_pickle.", "marshal.", "builtins.eval", "builtins.exec", "builtins.__import__",
    "builtins.compile", "typing.get_type_hints", "concurrent.futures.", "asyncio.tasks.Task", "asyncio.futures.", "_asyncio.",
    "asyncio.base_events.", "asyncio.events.", "asyncio.runners.", "contextlib.ExitStack", "contextlib.AsyncExitStack",
    "threading.Thread.run", "functools.partial", "copy.deepcopy", "copy.copy", "unittest.", "doctest.", "multiprocessing.",
    "sched.", "atexit.", "signal.", "cmd.", "socketserver.", "http.server.", "wsgiref.", "xmlrpc.server.",
)  # fmt: skip
_COPYING = {"dataclasses.replace", "copy.replace"}


class Running:
    """What running something adds to what is raised; `function` says it of one of the project."""

    def __init__(self, files: Mapping[str, FlowFacts], types: Resolver, said: Mapping[str, Entry]) -> None:
        self.files = files
        self.types = types
        self.hierarchy = Hierarchy(types)
        self.callees = Callees(files, types, said)
        self.asking: Place | None = None  # the function that is looked at; None for a guarded body
        self.owner = ""  # the class whose method is looked at: what `self` is
        self.filled: dict[Place, Raised] = {}  # what calling some parameters raises, where it is known

    def function(self, place: Place) -> Raised:
        """What a function raises, as far as that is known by now."""
        raise NotImplementedError

    def terms(
        self, flow: Flow, path: str, out: Raised, caught: tuple[Raised, ...], inside: Raised | None = None
    ) -> None:
        """Add what terms raise. `caught` is what is being handled, the innermost last; `inside` what a `with` body raises, in
        the function that makes its manager."""
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
            self._assume(term.path, term.text, out)
            self._target(entity, at, out, term)
        for which in self.callees.consumed(term, entity):
            self._consumed(which, term, path, at, out)
        for _, given in term.given:
            self._handed(term, given, path, at, out)
        if term.path in ("builtins.next", "builtins.anext") and "0" not in dict(term.given):
            out.lost(f"{term.text}(…)", at)  # an iterator of unknown make runs what nobody sees

    def _assume(self, type_path: str, text: str, out: Raised) -> None:
        """An annotation says what something is, and nobody checks it: but for `self`, that is an assumption."""
        if not out.assumed and "*" in type_path.removeprefix(f"~.{self.owner}*"):
            out.assumed = text

    def _handed(self, term: Call, given: str, path: str, at: Origin, out: Raised) -> None:
        """What a callee does with an argument: builtins run its methods, and whoever gets a generator uses it up."""
        if self.generator(given, path, at, out):
            return
        groups = operators.CALLED.get(term.path, ())
        entity = self.types.resolve(given, path) if groups or term.path in _COPYING else None
        if entity is None or entity.kind != "instance" or entity.module not in self.files:
            return
        if term.path in _COPYING:
            self._made(replace(entity, kind="class"), at, out, None)
        for names in groups:
            methods = (self.types.member(entity, name) for name in names)
            method = next((m for m in methods if m is not None and m.kind == "function"), None)
            if method is not None and method.module in self.files:
                self.run(method, at, out)

    def generator(self, type_path: str, path: str, at: Origin, out: Raised) -> bool:
        """Whether a value is what a generator function gives; what that raises arrives where it is used."""
        if not type_path.endswith("()"):
            return False
        made = self.types.resolve(type_path.removesuffix("()"), path)
        if made is None or made.kind != "function" or made.variants[0].kind not in ("gen", "asyncgen"):
            return False
        if self.types.kind(made)[0] == "manager":
            return False
        self.run(made, at, out)
        return True

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
            param = (path, term.path.removeprefix("~."))
            if param in self.filled:
                out.add(self.filled[param], at)
            else:
                out.params.setdefault(param, at)
            return
        if entry := self.callees.said.get(term.path):
            self._entered(entry.raises, at, out)
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
        if place in self.callees.told:
            self.known(cls, at, out, term)
            return
        if cls.module not in self.files:
            if self.hierarchy.is_exception(place):
                return
            for name in ("__init__", "__new__"):
                method = self.types.member(cls, name)
                if method is not None and self.callees.entry(method.module, method.name) is not None:
                    self.known(method, at, out, term)
                    return
            if self.callees.entry(*place) is None:  # that it cannot be made is rarely what happens
                out.weak = out.weak or f"{cls.module}.{cls.name}"
            else:
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
        place = (entity.module, entity.name)
        if entity.module not in self.files or place in self.callees.told:
            self.known(entity, at, out, term)
            return
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
        before = self.filled
        for wrapper in wrappers:
            params = self.function(wrapper).params
            self.filled = before | dict.fromkeys(params, inner)
            for flow in self.unpacked(wrapper):
                self.terms(flow, wrapper[0], outer, ())
        self.filled = before
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
        owner, _, last = entity.name.rpartition(".")
        if last in ("__init__", "__new__") and (
            owner == "object" or self.hierarchy.is_exception((entity.module, owner))
        ):
            return
        if entry is None and entity.variants and self.types.kind(entity)[0] == "property":
            out.weak = out.weak or f"{entity.module}.{entity.name}"  # to read an attribute rarely does much
            return
        dotted = f"{entity.module}.{entity.name}"
        if entry is None and not dotted.startswith(_FOREIGN):
            out.weak = out.weak or dotted  # its library is known, and nothing is said of this one
            return
        if entry is None:
            out.lost(f"{entity.module}.{entity.name}", at)
            return
        if not entry.total:
            out.weak = out.weak or f"{entity.module}.{entity.name}"
        self._entered(self.callees.narrowed(entity, entry, term, at.path), at, out)

    def _entered(self, raises: Mapping[str, str], at: Origin, out: Raised) -> None:
        """The classes of an entry."""
        for dotted, evidence in raises.items():
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
        if op.operator in ("iter", "aiter", "unpack") and self.generator(op.path, path, at, out):
            if op.operator == "unpack":
                out.raises(builtin("ValueError"), at)
            return
        if op.operator in ("getitem", "setitem", "delitem", "contains"):
            self._hashed(op, path, at, out)
        entity = self.types.resolve(op.path, path) if op.path else None
        if entity is not None and entity.kind == "instance":
            self._assume(op.path, op.text, out)
            if self._of_instance(op, entity, at, out):
                return
        if op.operator == "await":
            out.lost(f"await {op.text}", at)
            return
        out.assumed = out.assumed or op.text
        for name in operators.on_unknown(op):
            out.raises(builtin(name), at)

    def _of_instance(self, op: Op, entity: Entity, at: Origin, out: Raised) -> bool:
        """What an operator does with an object of a known class; False where nobody can say."""
        for module, name in self.types.mro((entity.module, entity.name)):
            cls = replace(entity, module=module, name=name)
            found = operators.on_builtin(op, cls)
            if found is not None:
                missing = self.types.member(entity, "__missing__") if op.operator == "getitem" else None
                if missing is not None and missing.module in self.files:
                    self.run(missing, at, out)
                    return True
                for each in found:
                    out.raises(builtin(each), at)
                return True
            methods = [f"{name}.{each}" for each in operators.METHODS.get(op.operator, ())]
            if any(m.rpartition(".")[2] in self.types.class_facts((module, name)).methods for m in methods):
                break
        members = [m for n in operators.METHODS.get(op.operator, ()) if (m := self.types.member(entity, n))]
        members = [m for m in members if m.kind == "function"]
        for method in members:
            if method.module in self.files or self.callees.entry(method.module, method.name) is not None:
                self.run(method, at, out)
        quiet = op.operator in ("bool", "equal", "format", "contains", "compare", "binary", "negative")
        strange = self.callees.strange_base((entity.module, entity.name)) if not members else ""
        return bool(members) or (quiet and not strange)

    def _hashed(self, op: Op, path: str, at: Origin, out: Raised) -> None:
        """A key of the project is hashed and compared."""
        key = self.types.resolve(op.right, path) if op.right and not op.right.startswith("builtins.") else None
        if key is None or key.kind != "instance" or key.module not in self.files:
            return
        for name in ("__hash__", "__eq__"):
            method = self.types.member(key, name)
            if method is not None and method.kind == "function" and method.module in self.files:
                self.run(method, at, out)

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
        self._assume(base, op.text, out)
        member = self.types.member(entity, name)
        if member is not None and member.kind == "function" and self.types.kind(member)[0] == "property":
            if op.operator == "setattribute" and member.module in self.files:
                setter = (member.module, f"{member.name}.setter")
                out.add(self.function(setter), at._replace(via=setter)) if self.unpacked(setter) else None
            else:
                self.run(member, at, out)
        elif member is None and op.operator == "attribute" and (own := self.types.member(entity, "__getattr__")):
            self.run(own, at, out)
        elif (
            member is None and entity.module in self.files and self.callees.strange_base((entity.module, entity.name))
        ):
            out.lost(op.text, at)  # it may be a property

    def _import(self, op: Op, path: str, at: Origin, out: Raised) -> None:
        """An import of the standard library finds its module or fails; any other runs what nobody knows, when it is the first: right
        in a guarded body that may be so."""
        own = self.types.modules.path(op.path, path) is not None
        if own or self.callees.is_stdlib(op.path) or self.asking is not None:
            out.raises(builtin("ImportError"), at)
            out.assumed = out.assumed or op.text
        else:
            out.lost(op.text, at)
