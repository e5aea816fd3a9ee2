"""Resolve type paths over the files of a project: imports, re-exports, bases, attributes, return types.

`scan.py` reads a file into plain facts with type paths in them (see `paths.py`).
Nothing is imported or run, and nothing is guessed: what cannot be followed is unknown.
"""

from __future__ import annotations

from collections import abc
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from ...engine.grouping import grouped
from ...engine.remember import remembered
from ..exports import Exports, Found, mro
from ..modules import Modules
from . import containers
from .data import ClassFacts, FunctionFacts, ModuleFacts
from .entity import STEP, Entity
from .kinds import Kinds

_OWN = frozenset("~.[<^")  # what a type path begins with whose meaning depends on the file


@dataclass
class Resolver(Kinds):
    """The facts of all scanned files."""

    files: Mapping[str, ModuleFacts]
    modules: Modules
    tests: frozenset[str] = frozenset()  # files whose calls and definitions say nothing of the product
    table: Mapping[str, ModuleFacts] = field(default_factory=dict)  # third-party modules by dotted name
    transparent: tuple[str, ...] = ()
    sync: tuple[str, ...] = ()
    # (name, file, steps after it) → paths in files of what these steps, or the first of them, end at; how many they are
    fixtures: abc.Callable[[str, str, list[str]], tuple[tuple[tuple[str, str], ...], int]] | None = None
    _resolved: dict[tuple[str, str], Entity | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.exports = Exports({path: facts.table for path, facts in self.files.items()}, self.modules)

    @cached_property
    def product(self) -> dict[str, ModuleFacts]:
        """The files that are no tests."""
        return {path: facts for path, facts in self.files.items() if path not in self.tests}

    @property
    def missing(self) -> Set[str]:
        """The files that a resolution wanted and had not."""
        return self.exports.unread.keys()

    # ---- paths -----------------------------------------------------------------------------

    def resolve(self, path: str, context: str) -> Entity | None:
        """What a type path written in file `context` ends at; None when it cannot be followed."""
        key = (
            path,
            context if path[:1] in _OWN or path.startswith("fixture:") else self.modules.seen_from(path, context),
        )
        if key not in self._resolved:
            self._resolved[key] = None  # a path that needs itself is unknown
            self._resolved[key] = self._resolve(path, context)
        return self._resolved[key]

    def _resolve(self, path: str, context: str) -> Entity | None:
        if path.startswith("^"):
            return Entity("manager", context, path[1:])
        if path.startswith("<async>"):
            return Entity("callable") if path == "<async>" else None
        entity, left = self.walk(path, context)
        return None if left else entity

    def walk(self, path: str, context: str) -> tuple[Entity | None, list[str]]:
        """The last thing that a path can be followed to, and the steps that are left."""
        entity, steps = self._root(path, context)
        while entity is not None and steps:
            if held := containers.held(self, entity, steps):
                entity, taken = held
            else:
                found, taken = self.step(entity, steps[0]), 1
                if found is None:
                    break
                entity = found
            steps = steps[taken:]
        return entity, steps

    def _root(self, path: str, context: str) -> tuple[Entity | None, list[str]]:
        """The module that a path starts in, and the steps left."""
        if path.startswith("fixture:"):
            name, *steps = STEP.findall(path.removeprefix("fixture:"))
            given, used = self.fixtures(name, context, steps) if self.fixtures else ((), 0)
            return self.only(*given), steps[used:]
        if path.startswith("["):
            return containers.opened(self, path, context)
        steps = STEP.findall(path)
        if path.startswith("~"):
            return self.module(context), steps[1:]
        names = next((n for n, step in enumerate(steps) if step[0] in "(*!#["), len(steps))
        dots = path[: len(path) - len(path.lstrip("."))]
        if found := self.modules.split(dots + ".".join(steps[:names]), context):
            return self.module(found[0]), [*filter(None, found[1].split(".")), *steps[names:]]
        for size in range(0 if dots else names, 0, -1):
            if (dotted := ".".join(steps[:size])) in self.table:
                return Entity("module", dotted), steps[size:]
        return None, steps

    def module(self, path: str) -> Entity | None:
        if path not in self.files:
            self.exports.unread.setdefault(path, set()).add("*")
            return None
        return Entity("module", path)

    def facts(self, module: str) -> ModuleFacts:
        return self.files[module] if module in self.files else self.table[module]

    def class_facts(self, cls: tuple[str, str]) -> ClassFacts:
        return self.facts(cls[0]).classes[cls[1]]

    def definitions(self, place: tuple[str, str]) -> tuple[FunctionFacts, ...]:
        """The definitions of a function or method of a file; none where it has no such."""
        facts = self.files.get(place[0])
        owner, _, last = place[1].rpartition(".")
        if facts is None:
            return ()
        found = facts.functions.get(place[1], ())
        return found or (facts.classes[owner].methods.get(last, ()) if owner in facts.classes else ())

    # ---- steps -----------------------------------------------------------------------------

    def step(self, entity: Entity, step: str) -> Entity | None:
        match entity.kind, step:
            case _, "!" | "*" if entity.kind == "class":
                return replace(entity, kind="instance", exact=step == "!")
            case "callable", "*":  # an annotation by the name of a type alias
                return entity
            case _, "!":
                return entity
            case "class", "()":
                return replace(entity, kind="instance")
            case "instance", "()":
                call = self.member(entity, "__call__")
                return self.result(call) if call is not None else None
            case "function", "()":
                return self.result(entity)
            case "manager", "__aenter__" | "__enter__":
                return replace(entity, kind="entering")
            case "manager", _ if entity.module in self.table:  # a verb of aiohttp: awaited, it gives the same
                given = self.resolve(entity.name, entity.module)
                return self.step(given, step) if given is not None else None
            case "entering", "()":
                return self.resolve(entity.name, entity.module)
            case _ if step[0] == "#":
                return self.parameter(entity, step[1:])
            case "module", _:
                return self.attribute_of_module(entity.module, step)
            case "class" | "instance", _:
                found = self.member(entity, step)
                if found is None and step == "__aenter__":
                    found = self.member(entity, "__enter__")
                bound = found is not None and found.kind == "function" and entity.kind == "instance"
                if found is not None and bound and self.kind(found)[0] == "property":
                    return self.only(*self.seen_from(found, found.variants[0].returns))
                return found
        return None

    def attribute_of_module(self, module: str, name: str) -> Entity | None:
        if module in self.table or "@" in name:  # a class that a function defines
            return self._bound(module, name)
        found = self.exports.gives(module, name)
        mine = [f for f in found if f.kind == "definition" and f.path == module]
        return self._end((mine or found)[0], module) if found else None

    def _end(self, found: Found, context: str) -> Entity | None:
        match found.kind:
            case "module":
                return self.module(found.path)
            case "outside":
                return self.resolve(found.name, context)
            case "definition" | "variable":
                first, *steps = found.name.split(".")
                entity = self._bound(found.path, first)
                for step in steps:
                    entity = self.step(entity, step) if entity is not None else None
                return entity
        return None

    def _bound(self, module: str, name: str) -> Entity | None:
        """What a module itself binds a name to."""
        facts = self.facts(module)
        if name in facts.classes:
            return Entity("class", module, name)
        if name in facts.functions:
            return Entity("function", module, name, facts.functions[name])
        return self.only(*((path, module) for path in facts.variables.get(name, ())))

    def only(self, *paths: tuple[str, str]) -> Entity | None:
        """What paths, each of a file, have in common: None where two of them end at different things."""
        found = [e for p, module in paths if p and (e := self.resolve(p, module)) is not None]
        if len({(e.kind, e.module, e.name) for e in found}) != 1:
            return None
        return next((e for e in found if not e.exact), found[0])

    @staticmethod
    def seen_from(member: Entity, *paths: str) -> Iterator[tuple[str, str]]:
        """Paths of a method or attribute with the file to resolve them in: `self` is the owner, not the definer."""
        definer = member.name.rpartition(".")[0]
        own, given = f"~.{definer}().", f"~.{member.owner[1]}{'()' if member.exact else '*'}."
        for path in paths:
            if member.owner[1] and definer and path.startswith(own):
                yield given + path.removeprefix(own), member.owner[0]
            else:
                yield path, member.module

    @remembered
    def mro(self, cls: tuple[str, str]) -> list[tuple[str, str]]:
        """The class and its bases as far as they are known, in the order of attribute lookup."""
        line = [cls]
        while (bases := self._bases(line[-1])) and len(bases) == 1 and bases[0] not in line:
            line += bases
        return mro(cls, self._bases) if bases else line

    @remembered
    def _bases(self, cls: tuple[str, str]) -> list[tuple[str, str]]:
        found = (self.resolve(b, cls[0]) for b in self.class_facts(cls).bases if b)
        return [(base.module, base.name) for base in found if base is not None and base.kind == "class"]

    @remembered
    def names(self, cls: tuple[str, str]) -> Set[str]:
        """All names under which a class or a base of it may have a member."""
        found: set[str] = set()
        for each in self.mro(cls):
            facts = self.class_facts(each)
            inside = f"{each[1]}."
            found.update(facts.methods, facts.attributes)
            found.update(c.removeprefix(inside) for c in self.facts(each[0]).classes if c.startswith(inside))
            passed = (becomes for v in facts.methods.get("__init__", ()) for _, becomes in v.passes)
            found.update(p.removeprefix(f"~.{each[1]}().") for p in passed)
        return found

    def member(self, entity: Entity, name: str) -> Entity | None:
        """An attribute of a class or of its instances."""
        if name not in self.names((entity.module, entity.name)):
            return None
        for cls in self.mro((entity.module, entity.name)):
            facts = self.class_facts(cls)
            if name in facts.methods:
                doubt = "it is also assigned" if facts.attributes.get(name) else ""
                bound = entity.kind == "instance" or facts.methods[name][0].bound
                return Entity(
                    "function", cls[0], f"{cls[1]}.{name}", facts.methods[name],
                    (entity.module, entity.name), entity.exact, doubt, not bound,
                )  # fmt: skip
            if paths := facts.attributes.get(name):
                member = Entity(
                    "attribute", cls[0], f"{cls[1]}.{name}", (), (entity.module, entity.name), entity.exact
                )
                given = self.handed_up(member) or self.only(*self.seen_from(member, *paths))
                return _looked_at(given, facts.dual)
            if f"{cls[1]}.{name}" in self.facts(cls[0]).classes:
                return Entity("class", cls[0], f"{cls[1]}.{name}")
            for variant in facts.methods.get("__init__", ()):
                for param in (p for p, becomes in variant.passes if becomes == f"~.{cls[1]}().{name}"):
                    return self.constructed(cls, param)
        return None

    def constructed(self, cls: tuple[str, str], param: str) -> Entity | None:
        """What the product gives a constructor's untyped parameter, where that is one thing wherever it makes the class."""
        found: dict[tuple[str, str], None] = {}
        for name, which, path, module in self._built.get(cls[1].rpartition(".")[2], ()):
            made = self.resolve(name, module)
            if made is None or made.kind != "class" or (made.module, made.name) != cls:
                continue
            init = self.member(made, "__init__")
            if which == "*" or (init is not None and self.declared(replace(init, unbound=False), which)[0] == param):
                found[path, module] = None
        known = all(path and self.resolve(path, module) is not None for path, module in found)
        return self.only(*found) if known else None

    @cached_property
    def _built(self) -> dict[str, list[tuple[str, str, str, str]]]:
        return grouped(
            (name.rpartition(".")[2], (name, which, path, module))
            for module, facts in self.product.items()
            for target, path in facts.built
            for name, _, which in [target.rpartition("#")]
        )

    def handed_up(self, attribute: Entity) -> Entity | None:
        """What an attribute is that a base class takes from its `__init__`, where a subclass gives that by type."""
        definer, _, name = attribute.name.rpartition(".")
        own = self.facts(attribute.module).classes[definer].methods.get("__init__", ())
        taken = {param for variant in own for param, becomes in variant.passes if becomes == f"~.{definer}().{name}"}
        for cls in self.mro(attribute.owner) if taken else ():
            if cls == (attribute.module, definer):
                return None
            for variant in self.class_facts(cls).methods.get("__init__", ()):
                init = Entity("function", *cls, (variant,), attribute.owner)
                base = Entity("function", attribute.module, definer, own)
                for param, becomes in variant.passes:
                    up, _, which = becomes.rpartition("#")
                    if up.endswith("().__init__") and self.declared(base, which)[0] in taken:
                        return self.only((self.declared(init, param)[1], cls[0]))
        return None

    def result(self, function: Entity) -> Entity | None:
        variant = function.variants[0]
        if self.kind(function)[0] == "manager":
            given = variant.returns or (variant.gives[0] if self._common(function, variant.gives) else "")
            return Entity("manager", function.module, given)
        definer = function.name.rpartition(".")[0]
        if function.owner[1] and variant.returns in (
            f"~.{definer}()",
            "typing.Self*",
            "typing_extensions.Self*",
        ):
            return Entity("instance", *function.owner, exact=function.exact)
        return self.only(*self.seen_from(function, variant.returns)) or self._common(function, variant.gives)

    def _common(self, function: Entity, ways: tuple[str, ...]) -> Entity | None:
        """What all ways of a function give; None where that is not one thing."""
        found = [self.resolve(path, module) for path, module in self.seen_from(function, *ways)]
        return found[0] if found and len({e and (e.kind, e.module, e.name) for e in found}) == 1 else None

    def parameter(self, entity: Entity, which: str) -> Entity | None:
        """The declared type of a parameter of what is called; a class's are those of `__init__` or its fields."""
        if (function := self.runs(entity)) is not None:
            definer = (function.module, function.name.rpartition(".")[0])
            dual = entity.kind == "class" and self.class_facts(definer).dual
            return _looked_at(self._parameter(function, which), dual or function.variants[0].dual)
        fields: dict[str, tuple[str, str]] = {}
        for cls in reversed(self.mro((entity.module, entity.name)) if entity.kind == "class" else ()):
            fields |= {name: (path, cls[0]) for name, path in self.class_facts(cls).fields.items()}
        if which.isdigit():
            which = next((n for i, n in enumerate(fields) if i == int(which)), "")
        return self.only(fields.get(which, ("", "")))

    def runs(self, entity: Entity) -> Entity | None:
        """The function that a call of it runs: `__init__` of a class, `__call__` of an object."""
        match entity.kind:
            case "function":
                return entity
            case "class" | "instance":
                found = self.member(entity, "__init__" if entity.kind == "class" else "__call__")
                return replace(found, unbound=False) if found is not None and found.kind == "function" else None
        return None

    def _parameter(self, function: Entity, which: str) -> Entity | None:
        if function.unbound and which == "0":
            return Entity("instance", *function.owner)
        name, path = self.declared(function, which)
        if path or not name:
            return self.only((path, function.module))
        # without a type: what the attributes are that it becomes, `self.x = x or Default()`
        taken = [becomes for each, becomes in function.variants[0].passes if each == name and "#" not in becomes]
        return self.only(*self.seen_from(function, *taken))

    @staticmethod
    def declared(function: Entity, which: str) -> tuple[str, str]:
        """(name, type path) of a parameter given by position or name."""
        params = function.variants[0].params
        if which.isdigit():
            index = int(which) - function.unbound
            params = tuple(p for p in params if not p[0].startswith("*"))[index:][:1]
        found = (p for p in params if which.isdigit() or p[0].lstrip("*") == which)
        name, path = next(found, ("", ""))
        return name.lstrip("*"), path


def _looked_at(entity: Entity | None, dual: bool) -> Entity | None:
    """A callable whose owner asks whether it is a coroutine function."""
    return replace(entity, doubt="dual") if entity is not None and entity.kind == "callable" and dual else entity
