"""What a callee does with what it is given: functions are called, generators used up, objects compared and printed."""

from __future__ import annotations

from dataclasses import replace

from ..types.calls import LATER, THREADS
from ..types.entity import Entity
from . import operators
from .core import Core
from .data import Call
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
    "random", "struct", "_operator", "_bisect", "_heapq", "cmath",
}  # fmt: skip
_QUIET = {"append", "appendleft", "insert", "isinstance", "issubclass", "id", "type", "callable", "hasattr", "getattr", "setattr",
          "super", "vars", "dir", "iter", "next", "open", "classmethod", "staticmethod", "property"}  # fmt: skip
_SPECIAL = (
    "__float__", "__int__", "__index__", "__eq__", "__hash__", "__lt__", "__gt__", "__le__", "__ge__", "__str__", "__format__",
    "__bool__", "__len__", "__getitem__", "__contains__", "__add__", "__radd__", "__mul__",
)  # fmt: skip
_ORDERING = {
    "min",
    "max",
    "sorted",
    "sort",
    "nlargest",
    "nsmallest",
    "bisect",
    "insort",
    "heappush",
    "heappop",
    "heapify",
}


class Handed(Core):
    def handed(self, term: Call, callee: Entity | None, given: str, path: str, at: Origin, out: Raised) -> None:
        """What a callee does with an argument: it calls a function, uses a generator up, and builtins run methods of objects."""
        if self.generator(given, path, at, out):
            return
        entity = self.types.resolve(given, path)
        if entity is None:
            return
        last = term.text.rpartition(".")[2]
        foreign = callee is not None and callee.module not in self.files
        if entity.kind == "function" and foreign and last not in _KEEPING and not self.callees.consumed(term, callee):
            self.target(entity, at, out, None)
        elif entity.kind == "instance" and entity.module in self.files:
            self._object(term, entity, foreign, at, out)
        elif entity.kind == "instance" and entity.item[0] and last in _ORDERING:
            item = self.types.resolve(*entity.item)
            if item is not None and item.kind == "instance":
                self.special(item, ("__lt__", "__gt__", "__eq__"), at, out)

    def _object(self, term: Call, entity: Entity, foreign: bool, at: Origin, out: Raised) -> None:
        """What becomes of an object of the project."""
        if term.path in _COPYING:
            self.made(replace(entity, kind="class"), at, out, None)
        groups = operators.CALLED.get(term.path)
        for names in groups or ():
            methods = (self.types.member(entity, name) for name in names)
            method = next((m for m in methods if m is not None and m.kind == "function"), None)
            if method is not None and method.module in self.files:
                self.ended(method, at, out) if len(groups or ()) > 1 else self.run(method, at, out)
        top, last = term.path.partition(".")[0], term.text.rpartition(".")[2]
        if groups is None and foreign and top in _USING and last not in _QUIET:
            self.special(entity, _SPECIAL, at, out)

    def consumed(self, which: str, term: Call, path: str, at: Origin, out: Raised) -> None:
        """An argument that the callee calls: `sorted(rows, key=f)`."""
        given = dict(term.given)
        if which.isdigit() and int(which) >= term.positional and which not in given:
            return
        if not which.isdigit() and which not in term.keywords:
            return
        entity = self.types.resolve(given[which], path) if given.get(which) else None
        if entity is not None:
            self.target(entity, at, out, None)
        elif given.get(which, "").startswith("~.") and "#" in given[which]:
            out.params.setdefault((path, given[which].removeprefix("~.")), at)
        else:
            out.lost(f"{term.text}({which}=…)" if not which.isdigit() else f"{term.text}(…)", at)
