"""What calls and operators raise: the callee by its type, and then what it is: a function of the project, a class, an entry of the
knowledge base, or nothing that anybody knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ..types.entity import Entity
from . import knowledge, operators
from .data import Call
from .handed import Handed
from .hierarchy import ENUM, WARNING, builtin
from .operating import Operating
from .raised import Origin, Place, Raised
from .valued import NONE, SEVERAL

# what runs code that is not seen here, though its library is known
_FOREIGN = (
    "importlib.", "runpy.", "pickle.", "_pickle.", "marshal.", "builtins.eval", "builtins.exec", "builtins.__import__",
    "builtins.compile", "typing.get_type_hints", "concurrent.futures.", "asyncio.tasks.Task", "asyncio.futures.", "_asyncio.",
    "asyncio.base_events.", "asyncio.events.", "asyncio.runners.", "contextlib.ExitStack", "contextlib.AsyncExitStack",
    "threading.Thread.run", "functools.partial", "copy.deepcopy", "copy.copy", "unittest.", "doctest.", "multiprocessing.",
    "sched.", "atexit.", "signal.", "cmd.", "socketserver.", "http.server.", "wsgiref.", "xmlrpc.server.",
)  # fmt: skip


# what opens, closes and compares an object of a library rarely raises where nothing is said of it
_QUIET = {
    "__init__", "__new__", "__enter__", "__exit__", "__aenter__", "__aexit__", "__eq__", "__hash__", "__bool__", "__len__", "__str__",
    "__repr__", "__format__", "__contains__", "__iter__", "__aiter__",
}  # fmt: skip
# what may come from anything, and is never a reason to handle something (MemoryError); E27
NEVER = {"builtins.MemoryError", "builtins.RecursionError", "builtins.KeyboardInterrupt", "builtins.GeneratorExit"}


_DECODING = {"encoding", "errors"}
_OF_DATA = {"json.dumps", "json.dump"}  # their TypeError says what the data are like, not that the program is wrong
_NEXT = {"builtins.next", "builtins.anext"}
_MAKING = ("__new__", "__init__", "__post_init__")
_OWN_CLASS = {"cls", "type()", "self.__class__"}
_BY_NAME = {"methodcaller", "attrgetter"}  # what runs a method or reads a property of what it is given
_CACHE = re.compile(r"functools\.(lru_)?cache\b")
# modules of classes whose methods call other ones of theirs, which the project may define
_ABSTRACT = {"collections", "_collections_abc", "collections.abc", "typing"}
_CALLED_BACK = (
    "__getitem__", "__setitem__", "__delitem__", "__len__", "__iter__", "__contains__", "__missing__", "__next__", "insert",
)  # fmt: skip


class Running(Handed, Operating):
    """What running something adds to what is raised."""

    # ---- calls -----------------------------------------------------------------------------

    def call(self, term: Call, path: str, out: Raised) -> None:
        at = Origin(path=path, line=term.line, text=f"{term.text}()")
        ways = self.callees.called(term.path, path) if term.path and not term.path.startswith("?") else ()
        if ways and term.text.isidentifier() and self.callees.rebound.stored(path, term.text, (path, ""), True):
            ways = (*ways, None)  # `read = int`, and elsewhere `store.read = odd`
        entity = ways[0] if len(ways) == 1 else None
        if entity is None and len(ways) < 2:
            self._unresolved(term, path, at, out)
        for way in ways if entity is not None or len(ways) > 1 else ():
            if way is None and term.path.startswith(SEVERAL) and term.path[-1] != ">":
                self._unresolved(term, path, at, out)
            elif way is None:
                out.lost(f"{term.text} (bound anew)", at)
            else:
                self.assume(term.path, term.text, out)
                self.target(way, at, out, term)
                self.received(term, way, path, at, out)
        if term.text.startswith("super()."):
            self._inherited(term.text.removeprefix("super()."), path, at, out)
        for which in self.callees.consumed(term, entity):
            self.consumed(which, term, path, at, out)
        for which, given in term.given:
            self.handed(term, entity, which, given, path, at, out)
        if term.path == "builtins.str" and (term.positional > 1 or not _DECODING.isdisjoint(term.keywords)):
            out.raises(builtin("UnicodeDecodeError"), at)
            if "builtins.str!" not in (dict(term.given).get("1"), dict(term.given).get("encoding")):
                out.raises(builtin("LookupError"), at)
        if term.path in _NEXT and "#" in dict(term.given).get("0", "#"):
            out.lost(f"{term.text}(…)", at)  # an iterator of unknown make runs what nobody sees

    def _inherited(self, name: str, path: str, at: Origin, out: Raised) -> None:
        """`super().name()`: the next class that has the method is another one in each subclass with several bases."""
        own = (path, self.owner)
        for place in self.callees.chains(own):
            mro = self.types.mro(place)
            following = mro[mro.index(own) + 1 :] if own in mro else ()
            for module, cls in following:
                if module in self.files and name in self.types.class_facts((module, cls)).methods:
                    found = (module, f"{cls}.{name}")
                    self.ran(found, at, out)
                    break

    def _unresolved(self, term: Call, path: str, at: Origin, out: Raised) -> None:
        if "#" in term.path.rpartition(".")[2]:  # a parameter
            param = (path, term.path.removeprefix("~."))
            if param in self.filled:
                out.add(self.filled[param], at)
            else:
                out.params.setdefault(param, at)
            return
        base = self.types.resolve(term.path.rpartition(".")[0], path) if "." in term.path[1:] else None
        made = self.types.member(base, "__getattr__") if base is not None and base.kind == "instance" else None
        if (
            made is not None
            and made.module not in self.files
            and self.callees.entry(made.module, made.name) is not None
        ):
            self.known(
                made, at, out, term
            )  # `boto3.client("s3").get_object()`: any method does what `__getattr__` says
            return
        if entry := self.callees.said_of(term.path, path):
            self._entered(entry.raises, at, out)
            return
        found = self.callees.by_name(term, path)
        if found is None:
            out.lost(term.text, at)
            return
        out.assumed = out.assumed or term.text
        for entity in found:
            self.target(entity, at, out, term)

    def target(self, entity: Entity, at: Origin, out: Raised, term: Call | None) -> None:
        """What calling something raises."""
        match entity.kind:
            case "class":
                self.made(entity, at, out, term)
            case "instance" if entity.module == "operator" and entity.name in _BY_NAME and self._given(term, at):
                out.lost(at.text.removesuffix("()"), at)
            case "instance" if (call := self.types.member(entity, "__call__")) is not None:
                self.target(call, at, out, term)
            case "function":
                kind, _ = self.types.kind(entity)
                lazy = entity.variants[0].kind in ("gen", "asyncgen") or kind == "manager"
                if kind == "coroutine" and term is not None and not term.awaited:
                    return  # it runs when it is awaited
                if not lazy:
                    self.run(entity, at, out, term)
            case "callable" | "manager" | "entering" | "attribute" | "module" | "instance":
                out.lost(at.text.removesuffix("()"), at)

    def _given(self, term: Call | None, at: Origin) -> bool:
        """Whether a call is given an object of the project."""
        return term is not None and any(True for _, given in term.given for _ in self.own(given, at.path))

    def made(self, cls: Entity, at: Origin, out: Raised, term: Call | None) -> None:
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
        if ENUM in self.types.mro(place):  # `Color("red")` looks a value up
            out.raises(builtin("ValueError"), at)
            self.special(cls, ("_missing_",), at, out)
            return
        if (meta := self.callees.rebound.metaclass(place)) is not None:
            self.special(meta, ("__call__",), at, out)
        found = False
        for name in _MAKING:
            method = self.types.member(cls, name)
            if method is not None and method.kind == "function":
                found = True
                self.run(replace(method, unbound=False), at, out, term)
        if term is not None and term.text in _OWN_CLASS:  # of a subclass, perhaps
            for below in self.callees.below(place):
                for name in _MAKING:
                    if name in self.types.class_facts(below).methods:
                        made = (below[0], f"{below[1]}.{name}")
                        self.ran(made, at, out)
        self._filled_in(place, at, out)
        unknown = self.callees.strange_base(place)
        if not found and unknown:
            out.lost(f"{unknown}.__init__", at)

    def _filled_in(self, place: Place, at: Origin, out: Raised) -> None:
        """What makes the fields of a data class that is given none: `field(default_factory=load)`."""
        for path, name in self.types.mro(place):
            for factory in self.files[path].factories.get(name, ()) if path in self.files else ():
                maker = self.types.resolve(factory, path) if factory else None
                if factory.startswith(f"~.{name}."):  # `@price.validator`, which leaves the method as it is
                    self.ran((path, factory[2:]), at, out)
                elif maker is not None:
                    self.target(maker, at, out, None)
                else:
                    out.lost(f"{place[1]} (what makes or checks its fields)", at)

    def run(self, entity: Entity, at: Origin, out: Raised, term: Call | None = None) -> None:
        """What running a function raises, under its decorators."""
        place = (entity.module, entity.name)
        if entity.module not in self.files or place in self.callees.told:
            self.known(entity, at, out, term)
            self._overridden(entity, at, out)
            return
        inner = Raised()
        if entity.owner[1] and entity.name.rpartition(".")[2][:2] != "__":
            self.looked_up(Entity("instance", *entity.owner), at, inner)
        self.ran(place, at, inner)
        for other in self.callees.overrides(entity):
            self.ran(other, at, inner)
        anew = self.callees.rebound.anew(entity.module, entity.name, entity.owner, entity.exact)
        if anew and self.types.kind(entity)[0] != "property":  # setting that runs its setter
            inner.lost(f"{entity.name} (bound anew)", at)
        if self.callees.is_structural(entity):
            inner.lost(f"{entity.name} (a protocol)", at)
        elif self.callees.is_abstract(entity) and not self.callees.overrides(entity):
            inner.lost(f"{entity.name} (abstract)", at)
        if any(_CACHE.match(d) for d in entity.variants[0].decorators) and term is not None:
            for each in (found for _, given in term.given for found in self.own(given, at.path)):
                self.special(each, operators.METHODS["hash"], at, inner)
        for decorator in reversed(entity.variants[0].decorators):
            inner = self._decorated(decorator, entity, inner, at)
        self._fill(entity, inner, term, at, out)

    def _overridden(self, method: Entity, at: Origin, out: Raised) -> None:
        """What the project overrides of a library's class runs when the library's own methods do."""
        owner = method.owner
        if owner[0] in self.files and method.module in _ABSTRACT:  # `Store().get(key)` looks its own `__getitem__` up
            self.special(Entity("instance", *owner), _CALLED_BACK, at, out)
        if owner[0] in self.files:  # `Visitor().visit(tree)`
            for module, name in self.types.mro(owner):
                own = self.files[module].types.classes[name].methods if module in self.files else {}
                for each in own:
                    base = self.types.member(Entity("instance", method.module, method.name.rpartition(".")[0]), each)
                    if each[:1] != "_" and (base is not None or each.startswith(("visit_", "do_", "handle_"))):
                        found = self.types.member(Entity("instance", *owner), each)
                        if found is not None and found.kind == "function" and found.module in self.files:
                            self.run(found, at, out)
        for other in self.callees.overrides(method):
            self.ran(other, at, out)

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
                self.target(there, at, out, None)
            elif "#" in path:
                out.params.setdefault((at.path, path.removeprefix("~.")), at)
            elif not absent:
                out.lost(f"{name} (a parameter of {entity.name})", at)
            else:
                self._by_default(entity, name, at, out)

    def _by_default(self, entity: Entity, name: str, at: Origin, out: Raised) -> None:
        """What a parameter calls that nothing is given for."""
        path = self.files[entity.module].defaults.get(entity.name, {}).get(name, NONE)
        there = self.types.resolve(path, entity.module) if path else None
        if there is not None:
            self.target(there, at, out, None)
        elif path != NONE:
            out.lost(f"{name} (a default of {entity.name})", at)

    def known(self, entity: Entity, at: Origin, out: Raised, term: Call | None = None) -> None:
        """What the knowledge base says of a library's callable."""
        entry = self.callees.entry(entity.module, entity.name)
        dotted = f"{entity.module}.{entity.name}"
        owner, _, last = entity.name.rpartition(".")
        if last in ("__init__", "__new__") and (
            owner == "object" or self.hierarchy.is_exception((entity.module, owner))
        ):
            return
        if entry is None and not self._quiet(entity, dotted):
            out.lost(dotted, at)
            return
        if entry is None or not entry.total:
            out.weak = out.weak or dotted
        if entry is not None:
            of_data = dotted in _OF_DATA and (term is None or "default" not in term.keywords)
            self._entered(self.callees.narrowed(entity, entry, term, at.path), at._replace(data=of_data), out)

    def _quiet(self, entity: Entity, dotted: str) -> bool:
        """Whether a callable of which nothing is said is taken to raise nothing, since its library is known: to read an
        attribute rarely does much."""
        if entity.variants and self.types.kind(entity)[0] == "property":
            return True
        plain = self.callees.is_stdlib(entity.module) and not dotted.startswith(_FOREIGN)
        return plain or dotted.rpartition(".")[2] in _QUIET or self.callees.consumes(dotted)

    def _entered(self, raises: Mapping[str, str], at: Origin, out: Raised) -> None:
        """The classes of an entry."""
        for dotted, evidence in raises.items():
            if dotted in NEVER:
                continue
            named = self.types.resolve(dotted, "")
            cls = (
                (named.module, named.name) if named is not None and named.kind == "class" else knowledge.split(dotted)
            )
            if WARNING not in self.hierarchy.bases(cls):
                out.raises(cls, at._replace(evidence=evidence, data=at.data and dotted == "builtins.TypeError"))
