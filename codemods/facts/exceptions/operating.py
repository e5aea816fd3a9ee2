"""What operators raise, by the object that they are used on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..types.entity import Entity
from . import operators
from .data import Op
from .hierarchy import ENUM, builtin
from .objects import Objects
from .raised import Origin, Raised


class Operating(Objects):
    def operate(self, op: Op, path: str, out: Raised) -> None:
        at = Origin(path=path, line=op.line, text=op.text, evidence="operator")
        if op.operator == "assert":
            out.raises(builtin("AssertionError"), at)
            return
        if op.operator == "import":
            self._import(op, path, at, out)
            return
        if op.operator == "decorate":
            self._decorator(op, path, at, out)
            return
        if op.operator == "subclass":
            base = self.types.resolve(op.path, path)
            if base is not None and base.kind == "class":
                self.special(base, ("__init_subclass__",), at, out)
            return
        if op.operator in ("match", "matchitems"):
            self._matched(op, path, at, out)
            return
        if op.operator in ("attribute", "setattribute"):
            self._attribute(op, path, at, out)
            return
        if op.operator in operators.ITERATING and self.generator(op.path, path, at, out):
            if op.operator == "unpack":
                out.raises(builtin("ValueError"), at)
            return
        if names := operators.HELD.get(op.operator):
            self._held(op, names, path, at, out)
        if op.operator in ("hash", "index"):
            return
        entity = self.types.resolve(op.path, path) if op.path else None
        if entity is not None and entity.kind == "instance":
            if op.operator == "await" and entity.name in ("Task", "Future") and entity.module not in self.files:
                self._awaited(entity.item[0], entity.item[1], op.text, at, out)  # else it was given elsewhere
                return
            self.assume(op.path, op.text, out)
            if op.operator in operators.ITERATING and self.is_lazy(entity) and op.text.isidentifier():
                out.lost(op.text, at)  # what made it was given elsewhere
                return
            if self._of_instance(op, entity, at, out):
                return
        if entity is not None and entity.kind == "class":
            meta = self.callees.rebound.metaclass((entity.module, entity.name))
            if meta is not None and self._of_instance(op, meta, at, out):
                return
            if op.operator == "getitem":
                self._of_class(entity, at, out)
                return
        if op.operator == "await":
            self._awaited(op.path, path, op.text, at, out)
            return
        out.assumed = out.assumed or op.text
        for name in operators.on_unknown(op):
            out.raises(builtin(name), at)

    def _awaited(self, made: str, path: str, text: str, at: Origin, out: Raised) -> None:
        """What awaiting what a call made runs: its coroutine function."""
        started = self.types.resolve(made.removesuffix("()"), path) if made.endswith("()") else None
        if started is not None and started.kind == "function" and self.types.kind(started)[0] == "coroutine":
            self.run(started, at, out)
        else:
            out.lost(f"await {text}", at)

    def _of_instance(self, op: Op, entity: Entity, at: Origin, out: Raised) -> bool:
        """What an operator does with an object of a known class; False where nobody can say."""
        names = operators.METHODS.get(op.operator, ())
        for module, name in self.types.mro((entity.module, entity.name)):
            cls = replace(entity, module=module, name=name)
            found = operators.on_builtin(op, cls)
            if found is not None:
                if op.operator == "getitem" and name == "defaultdict":
                    self._made_where_missing(entity, op.text, at, out)
                missing = self.types.member(entity, "__missing__") if op.operator == "getitem" else None
                if missing is not None and missing.module in self.files:
                    self.run(missing, at, out)
                    return True
                for each in found:
                    out.raises(builtin(each), at)
                return True
            if not self.types.class_facts((module, name)).methods.keys().isdisjoint(names):
                break
        members = [m for n in names if (m := self.types.member(entity, n))]
        if not members and op.operator in operators.ITERATING:  # the old way to be iterated
            members = [m for n in ("__iter__", "__next__") if (m := self.types.member(entity, n))]
            members = members or [m for n in ("__getitem__",) if (m := self.types.member(entity, n))]
        members = [m for m in members if m.kind == "function"]
        for method in members:
            if method.module in self.files or self.callees.entry(method.module, method.name) is not None:
                run = self.ended if op.operator in operators.ITERATING else self.run
                run(method, at, out)
        quiet = op.operator in ("bool", "equal", "format", "contains", "compare", "binary", "negative")
        strange = self.callees.strange_base((entity.module, entity.name)) if not members else ""
        return bool(members) or (quiet and not strange)

    def _made_where_missing(self, entity: Entity, text: str, at: Origin, out: Raised) -> None:
        """A defaultdict calls its factory: `[~.load()]` is what that gives, or what an annotation says of its values."""
        given, module = entity.item
        if not given:
            out.assumed = out.assumed or text
        if not given or given.lstrip("[").startswith("builtins."):
            return
        made = self.types.resolve(given if given.endswith("*") else given.removesuffix("()"), module)
        if made is not None and made.kind in ("class", "instance") and given.endswith(("*", "()")):
            self.made(replace(made, kind="class"), at, out, None)
        elif made is not None:
            self.target(made, at, out, None)
        else:
            out.lost(f"{text} (its default factory)", at)

    def _of_class(self, cls: Entity, at: Origin, out: Raised) -> None:
        """`Color["red"]` looks a member of an enumeration up; `Box[int]` is the class with a parameter."""
        if ENUM in self.types.mro((cls.module, cls.name)):
            out.raises(builtin("KeyError"), at)
        else:
            self.special(cls, ("__class_getitem__",), at, out)

    def _held(self, op: Op, names: Sequence[str], path: str, at: Origin, out: Raised) -> None:
        """What operands hold is compared, hashed and written with them: `row in rows`, `[a] == [b]`, `prices[key]`."""
        operands = [op.right] if "__index__" in names and op.operator != "index" else [op.path, op.right]
        for each in (found for operand in operands for found in self.own(operand, path)):
            self.special(each, names, at, out)
            if "" in self.types.class_facts((each.module, each.name)).fields.values():
                out.assumed = out.assumed or op.text  # a data class does the same with its fields, whatever they are
            if op.operator == "binary":  # `rows += more`
                self.iterated(each, at, out)

    def _attribute(self, op: Op, path: str, at: Origin, out: Raised) -> None:
        """A property runs code; an attribute that nobody knows of may be missing."""
        base, _, name = op.path.rpartition(".")
        entity = self.types.resolve(base, path) if base else None
        if entity is None:
            if op.operator == "setattribute":
                out.assumed = out.assumed or op.text
            if op.operator == "attribute" and not op.text.endswith("()"):  # `getattr(x, "y")` says that itself
                out.assumed = out.assumed or op.text
                out.raises(builtin("AttributeError"), at)
            return
        if entity.kind == "class" and self.types.member(entity, name) is None:
            entity = self.callees.rebound.metaclass((entity.module, entity.name)) or entity
        if entity.kind != "instance":
            return
        self.assume(base, op.text, out)
        self.looked_up(entity, at, out)
        if op.operator == "setattribute":
            self.special(entity, ("__setattr__", "__delattr__"), at, out)
        member = self.types.member(entity, name)
        if member is not None and member.kind == "instance":  # a descriptor
            self.special(member, ("__get__",) if op.operator == "attribute" else ("__set__", "__delete__"), at, out)
        if member is not None and member.kind == "function" and self.types.kind(member)[0] == "property":
            if op.operator == "setattribute" and member.module in self.files:
                for way in ("setter", "deleter"):
                    place = (member.module, f"{member.name}.{way}")
                    if self.unpacked(place):
                        self.ran(place, at, out)
            else:
                self.run(member, at, out)
        elif not entity.exact and op.operator == "attribute" and self._property_below(entity, name, at, out):
            return
        elif member is None and op.operator == "attribute" and (own := self.types.member(entity, "__getattr__")):
            self.run(own, at, out)
        elif (
            member is None and entity.module in self.files and self.callees.strange_base((entity.module, entity.name))
        ):
            out.lost(op.text, at)  # it may be a property

    def _property_below(self, entity: Entity, name: str, at: Origin, out: Raised) -> bool:
        """Run the properties that subclasses have where a class has a plain attribute; whether there is any."""
        found = False
        for path, cls in self.callees.below((entity.module, entity.name)) if entity.module in self.files else ():
            for each in self.types.class_facts((path, cls)).methods.get(name, ()):
                if any(d.endswith("property") for d in each.decorators):
                    found = True
                    self.ran((path, f"{cls}.{name}"), at, out)
        return found

    def _decorator(self, op: Op, path: str, at: Origin, out: Raised) -> None:
        """What decorating runs: the decorator, or what its factory gave."""
        made = op.path.endswith("()")
        entity = self.types.resolve(op.path.removesuffix("()"), path) if op.path else None
        if entity is None or entity.module not in self.files or entity.kind not in ("function", "class"):
            if self.callees.wrappers(op.path, path) is None:
                out.lost(f"@{op.text}", at)
        elif not made:
            self.target(entity, at, out, None)
        elif entity.kind == "class":
            self.special(replace(entity, kind="instance"), ("__call__",), at, out)
        else:
            given = self.files[entity.module].returned.get(entity.name)
            for name in given or ():
                self.ran((entity.module, name), at, out)
            if not given:
                out.lost(f"@{op.text}", at)

    def _matched(self, op: Op, path: str, at: Origin, out: Raised) -> None:
        """A pattern reads attributes and items; one that is missing does not match."""
        base, _, name = op.path.rpartition(".") if op.operator == "match" else (op.path, "", "")
        entity = self.types.resolve(base, path)
        if entity is None or entity.kind != "instance":
            return
        if op.operator == "matchitems":
            self.special(entity, operators.METHODS["matchitems"], at, out)
            return
        member = self.types.member(entity, name)
        if member is not None and member.kind == "function" and self.types.kind(member)[0] == "property":
            self.run(member, at, out)

    def _import(self, op: Op, path: str, at: Origin, out: Raised) -> None:
        """An import of the standard library finds its module or fails; any other runs what nobody knows, when it is the first: right
        in a guarded body that may be so."""
        own = self.types.modules.path(op.path, path) is not None
        if own or self.callees.is_stdlib(op.path) or self.asking is not None:
            out.raises(builtin("ImportError"), at)
            out.assumed = out.assumed or op.text
        else:
            out.lost(op.text, at)
