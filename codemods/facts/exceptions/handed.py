"""What a callee does with what it is given: functions are called, generators used up, objects compared and printed."""

from __future__ import annotations

from dataclasses import replace

from ..types.calls import LATER, THREADS
from ..types.entity import Entity
from . import operators
from .data import Call
from .objects import Objects
from .raised import Origin, Raised

_COPYING = {"dataclasses.replace", "copy.replace"}
# what keeps a function, to call it later or elsewhere
_KEEPING = THREADS | LATER | {
    "create_task", "ensure_future", "Process", "Timer", "register", "signal", "partial", "partialmethod", "wraps", "finalize",
    "property", "lru_cache", "cache", "cached_property", "staticmethod", "classmethod", "field", "isinstance", "issubclass",
    "callable", "hasattr", "getattr", "setattr", "id", "type", "repr", "str", "print", "format", "append", "add", "insert",
    "setdefault", "update", "get", "put", "put_nowait", "defaultdict", "singledispatch", "iscoroutinefunction", "signature",
    "add_argument", "add_signal_handler", "run_coroutine_threadsafe", "gather", "wait_for", "shield", "run", "getsource",
    "update_wrapper", "addHandler", "excepthook", "settrace", "setprofile", "namedtuple", "cast", "Lock",
}  # fmt: skip
# modules whose functions use the special methods of what they are given, and functions that do not
_USING = {
    "math", "builtins", "operator", "bisect", "heapq", "statistics", "functools", "itertools", "decimal", "fractions", "string",
    "random", "struct", "_operator", "_bisect", "_heapq", "cmath", "collections", "array",
}  # fmt: skip
_QUIET = {"append", "appendleft", "insert", "isinstance", "issubclass", "id", "type", "callable", "hasattr", "getattr", "setattr",
          "super", "vars", "dir", "iter", "next", "open", "classmethod", "staticmethod", "property"}  # fmt: skip
_SPECIAL = (
    "__float__", "__int__", "__index__", "__eq__", "__hash__", "__lt__", "__gt__", "__le__", "__ge__", "__str__", "__format__",
    "__bool__", "__len__", "__getitem__", "__contains__", "__add__", "__radd__", "__mul__",
)  # fmt: skip
_COPIED = {"copy", "pickle", "_pickle"}
_COPYING_METHODS = (
    "__copy__",
    "__deepcopy__",
    "__reduce__",
    "__reduce_ex__",
    "__getstate__",
    "__getnewargs__",
    "__setstate__",
)
_NOT_ITERATING = (_QUIET | {"print", "repr", "str", "append", "put", "len"}) - {"next"}
_COMPARED = ("__eq__", "__hash__", "__lt__", "__gt__", "__le__", "__ge__", "__bool__", "__add__", "__radd__")
_ORDERING = {"min", "max"}
_ITEMS = {
    **dict.fromkeys(("str", "repr", "print", "format", "ascii"), operators.METHODS["format"]),
    **dict.fromkeys(("any", "all", "filter"), operators.METHODS["bool"]),
}
_CONTAINERS = {"builtins", "collections", "_collections_abc", "array"}
# builtins that leave what a container holds alone
_NOT_ITEMS = {
    "len",
    "list",
    "tuple",
    "iter",
    "enumerate",
    "zip",
    "reversed",
    "next",
    "range",
    "deque",
    "id",
    "type",
    "callable",
}


class Handed(Objects):
    def handed(
        self, term: Call, callee: Entity | None, which: str, given: str, path: str, at: Origin, out: Raised
    ) -> None:
        """What a callee does with an argument: it calls a function, uses a generator up, and builtins run methods of objects."""
        if self.generator(given, path, at, out):
            return
        entity = self.types.resolve(given, path)
        if entity is None:
            return
        last = term.text.rpartition(".")[2]
        foreign = callee is not None and callee.module not in self.files
        told = which in self.callees.consumed(term, callee)
        if entity.kind == "function" and foreign and last not in _KEEPING and not told:
            self.target(entity, at, out, None)
        if entity.kind == "class" and (meta := self.callees.rebound.metaclass((entity.module, entity.name))):
            self._object(term, meta, False, at, out)
        if entity.kind == "instance" and given.endswith("*") and self.is_lazy(entity) and last not in _NOT_ITERATING:
            out.lost(f"{term.text}(…)", at)
        if entity.kind != "instance" or (entity.module == "builtins" and not entity.item[0]):
            return
        if callee is not None and callee.module in _COPIED:
            for each in self.own(given, path):
                self.special(each, _COPYING_METHODS, at, out)
        using = callee is not None and foreign and callee.module.partition(".")[0] in _USING and last not in _QUIET
        if entity.module in self.files:
            self._object(term, entity, using, at, out)
        for each in self.items(given, path) if using and last not in _NOT_ITEMS else ():
            self.special(each, _ITEMS.get(last, _COMPARED), at, out)

    def received(self, term: Call, callee: Entity, path: str, at: Origin, out: Raised) -> None:
        """What a method of a builtin container does with what that holds: `rows.index(row)`, `rows.sort()`."""
        if callee.kind == "function" and callee.module in _CONTAINERS and term.path.startswith("["):
            for each in self.items(term.path.rpartition(".")[0], path):
                self.special(each, _COMPARED, at, out)

    def _object(self, term: Call, entity: Entity, using: bool, at: Origin, out: Raised) -> None:
        """What becomes of an object of the project."""
        if term.path in _COPYING:
            self.made(replace(entity, kind="class"), at, out, None)
        groups = operators.CALLED.get(term.path)
        for names in groups or ():
            methods = (self.types.member(entity, name) for name in names)
            method = next((m for m in methods if m is not None and m.kind == "function"), None)
            if method is not None and method.module in self.files:
                self.ended(method, at, out) if len(groups or ()) > 1 else self.run(method, at, out)
        if groups is not None and term.text.rpartition(".")[2] in _ORDERING:
            self.special(entity, _COMPARED, at, out)
        if groups is None and using:
            self.special(entity, _SPECIAL, at, out)
            self.iterated(entity, at, out)
        if term.path == "builtins.getattr" and dict(term.given).get("1") != "builtins.str!":
            self._any_property(entity, at, out)

    def _any_property(self, entity: Entity, at: Origin, out: Raised) -> None:
        """`getattr(shop, name)` may read each."""
        for module, cls in self.types.mro((entity.module, entity.name)):
            for name in self.types.class_facts((module, cls)).methods if module in self.files else ():
                member = self.types.member(entity, name)
                if member is not None and member.kind == "function" and self.types.kind(member)[0] == "property":
                    self.run(member, at, out)

    def consumed(self, which: str, term: Call, path: str, at: Origin, out: Raised) -> None:
        """An argument that the callee calls: `sorted(rows, key=f)`."""
        given = dict(term.given)
        if which.isdigit() and int(which) >= term.positional and which not in given:
            return
        if not which.isdigit() and which not in term.keywords:
            return
        entity = self.types.resolve(given[which], path) if given.get(which) else None
        rows = [path_of for each, path_of in given.items() if each != which]
        if entity is not None and entity.module == "operator" and any(True for g in rows for _ in self.own(g, path)):
            out.lost(f"{term.text}(…)", at)  # it reads properties and items of what is given, or runs methods
        elif entity is not None:
            self.target(entity, at, out, None)
            if which == "cls" and entity.kind == "class":  # `json.loads(text, cls=Reader)` runs what it defines
                for name in sorted(self.types.names((entity.module, entity.name)) - {"__init__", "__new__"}):
                    self.special(replace(entity, kind="instance"), (name,), at, out)
        elif given.get(which, "").startswith("~.") and "#" in given[which]:
            out.params.setdefault((path, given[which].removeprefix("~.")), at)
        else:
            out.lost(f"{term.text}({which}=…)" if not which.isdigit() else f"{term.text}(…)", at)
