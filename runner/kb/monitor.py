"""Run a command of Python's and record what leaves the callables of some packages. It runs in the interpreter that the user names:

    PYTHON monitor.py OUTPUT.json NAME,NAME -m pytest tests
    PYTHON monitor.py OUTPUT.json NAME,NAME                    only look at the classes and names of all their modules

One file for itself, of the standard library, since nothing of ours is installed there. `sys.monitoring` tells when a Python
function is entered (PY_START), what leaves it (PY_UNWIND), and what comes out of a callable written in C that Python code calls
(C_RAISE, then the RAISE for the same instruction). NAME is a top-level name; all that is recorded belongs to one of them.

What comes out of the tests themselves is left out: a class that they define, an exception that began in one of their frames or in
a mock (a callback of theirs, a fake), and one that was thrown into a generator from outside.

    {"python": "3.13.0", "command": […], "distributions": {"httpx": "0.28.1"},
     "callables": {"httpx._client:Client.get": {"c": false, "entered": 41, "raises": {"httpx._exceptions.ConnectError": 3}}},
     "classes": {"httpx._exceptions.ConnectError": ["httpx._exceptions.NetworkError", …, "builtins.object"]},   the order of its bases
     "bases": {"httpx._exceptions.ConnectError": ["httpx._exceptions.NetworkError"]},
     "names": {"httpx:get": "httpx._api:get"},                                   what else the modules call the same thing
     "files": {"httpx._api": "…/httpx/_api.py"}}
"""

from __future__ import annotations

import builtins
import json
import os
import runpy
import sys
import sysconfig
import types
from _thread import get_ident
from types import CodeType, FunctionType, ModuleType

TYPE_CHECKING = False  # typing takes a while to import
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

tools: Any = getattr(sys, "monitoring", None)  # None before Python 3.12

NEVER = (RecursionError, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit)  # from anything, or on purpose
HARNESS = {
    "pytest", "_pytest", "pluggy", "hypothesis", "unittest", "doctest", "test", "tests", "testing", "conftest", "mock", "__main__",
}  # fmt: skip
IMPORTS_DO_MORE = {"this", "antigravity", "idlelib", "turtledemo", "test", "lib2to3"}
C_FUNCTIONS = (
    types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType, types.MethodWrapperType,
    types.ClassMethodDescriptorType,
)  # fmt: skip
WRAPPERS = {
    "functools.partial",
    "functools._lru_cache_wrapper",
    "builtins.method",
    "builtins.function",
    "builtins.weakref",
}


def is_test_name(module: str) -> bool:
    parts = module.split(".")
    if parts[0] == "unittest":
        return False  # a module like others, but for what it raises
    return any(p in HARNESS or p == "idle_test" or p.startswith("test_") or p.endswith("_test") for p in parts)


def inherited(cls: type, name: str) -> object:
    """What a class has for a name, as it was defined."""
    found = next((vars(c)[name] for c in cls.__mro__ if name in vars(c)), None)
    return found.__func__ if isinstance(found, staticmethod) else found


def class_name(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


class Monitor:
    """What was seen so far. All of it is written once, at the end, by the process that began."""

    def __init__(self, tops: set[str]) -> None:
        self.tops = tops
        self.known: dict[CodeType, str] = {}  # "" for what is of no interest
        self.entered: dict[str, int] = {}
        self.raises: dict[str, dict[type, int]] = {}
        self.foreign: dict[str, dict[type, int]] = {}
        self.in_c: set[str] = set()
        self.thrown: dict[CodeType, int] = {}
        self.pending: dict[int, tuple[CodeType, str]] = {}
        self.test_code: dict[str, bool] = {}
        self.test_class: dict[type, bool] = {}
        paths = sysconfig.get_paths()
        self.library = tuple(
            {os.path.realpath(paths[k]) + os.sep for k in ("stdlib", "platstdlib", "purelib", "platlib")}
        )

    # ---- who is who

    def name(self, code: CodeType, module: str) -> str:
        found = self.known.get(code)
        if found is None:
            wanted = (
                module.partition(".")[0] in self.tops and not is_test_name(module) and "<" not in code.co_qualname
            )
            found = self.known[code] = f"{module}:{code.co_qualname}" if wanted else ""
        return found

    def c_name(self, callable: Any) -> str:
        """A callable that is not written in Python, as CPython knows it; "" for what is of no interest."""
        if isinstance(callable, C_FUNCTIONS):
            owner = getattr(callable, "__objclass__", None)
            if owner is None:
                bound = getattr(callable, "__self__", None)
                if bound is not None and not isinstance(bound, ModuleType):
                    owner = bound if isinstance(bound, type) else type(bound)
            module = owner.__module__ if owner is not None else getattr(callable, "__module__", None)
            qualname = callable.__qualname__
            if owner is not None:  # where the method is defined, not the class of the object
                first, _, last = qualname.rpartition(".")
                owner = next((c for c in owner.__mro__ if c.__qualname__ == first and last in vars(c)), owner)
                module = owner.__module__
        elif isinstance(callable, type):
            if (
                isinstance(inherited(callable, "__init__"), FunctionType)
                or isinstance(inherited(callable, "__new__"), FunctionType)
                or type(callable) is not type
            ):
                return ""
            module, qualname = callable.__module__, callable.__qualname__
        else:
            cls = type(callable)
            if isinstance(inherited(cls, "__call__"), FunctionType) or class_name(cls) in WRAPPERS:
                return ""
            module, qualname = cls.__module__, f"{cls.__qualname__}.__call__"
        if (
            not isinstance(module, str)
            or module.partition(".")[0] not in self.tops
            or is_test_name(module)
            or "<" in qualname
        ):
            return ""
        return f"{module}:{qualname}"

    def is_test_file(self, path: str) -> bool:
        found = self.test_code.get(path)
        if found is None:
            real = os.path.realpath(path)
            if path.startswith("<"):
                found = not path.startswith(("<frozen", "<string>", "<attrs", "<__array"))
            else:
                inside = next((real[len(root) :] for root in self.library if real.startswith(root)), "")
                words = (inside or real).replace(os.sep, "/").removesuffix(".py").split("/")
                if not inside:  # a checkout: what lies in a folder of one of the packages is no test
                    last = max((n for n, word in enumerate(words) if word in self.tops), default=-1)
                    words = words[last:] if last >= 0 else ["tests"]
                words = words[1:] if words[0] == "site-packages" else words
                found = (
                    is_test_name(".".join(words))
                    or words[:2] == ["unittest", "mock"]
                    or words[:2] == ["unittest", "case"]
                )
            self.test_code[path] = found
        return found

    def is_test_class(self, cls: type) -> bool:
        found = self.test_class.get(cls)
        if found is None:
            module = sys.modules.get(cls.__module__)
            path = getattr(module, "__file__", None)
            found = (
                "<" in cls.__qualname__ or is_test_name(cls.__module__) or cls.__module__.partition(".")[0] in HARNESS
            )
            found = self.test_class[cls] = found or (isinstance(path, str) and self.is_test_file(path))
        return found

    def foreign_origin(self, error: BaseException, below: bool) -> bool:
        """Whether an exception began in a frame of the tests, or in a mock."""
        trace = error.__traceback__
        if trace is None or (below and trace.tb_next is None):
            return False
        while trace.tb_next is not None:
            trace = trace.tb_next
        return self.is_test_file(trace.tb_frame.f_code.co_filename)

    def count(self, name: str, error: BaseException, below: bool = False) -> None:
        cls = type(error)
        if isinstance(error, NEVER) or self.is_test_class(cls):
            return
        kept = self.foreign if self.foreign_origin(error, below) else self.raises
        kept.setdefault(name, {})[cls] = kept.get(name, {}).get(cls, 0) + 1

    # ---- events

    def start(self, code: CodeType, offset: int) -> Any:
        name = self.known.get(code)
        if name is None:
            name = self.name(code, sys._getframe(1).f_globals.get("__name__", ""))
        if not name:
            return tools.DISABLE
        self.entered[name] = self.entered.get(name, 0) + 1
        return None

    def throw(self, code: CodeType, offset: int, error: BaseException) -> None:
        if self.known.get(code):
            self.thrown[code] = id(error)

    def unwind(self, code: CodeType, offset: int, error: BaseException) -> None:
        name = self.known.get(code)
        if name is None:
            name = self.name(code, sys._getframe(1).f_globals.get("__name__", ""))
        if name and self.thrown.pop(code, 0) != id(error):
            self.count(name, error)

    def call(self, code: CodeType, offset: int, callable: object, first: object) -> None:
        if isinstance(callable, FunctionType):
            return
        try:
            name = self.c_name(callable)
        except Exception:  # a proxy may raise anything when it is asked what it is
            return
        if name:
            self.in_c.add(name)
            self.entered[name] = self.entered.get(name, 0) + 1

    def c_raise(self, code: CodeType, offset: int, callable: object, first: object) -> None:
        try:
            name = self.c_name(callable)
        except Exception:  # as above
            return
        if name:
            self.pending[get_ident()] = (code, name)

    def raised(self, code: CodeType, offset: int, error: BaseException) -> None:
        pending = self.pending.pop(get_ident(), None)
        if pending is not None and pending[0] is code:  # the offset may be a little further on
            self.count(pending[1], error, below=True)

    def begin(self) -> None:
        self.tool = next(n for n in (4, 3, tools.PROFILER_ID, tools.OPTIMIZER_ID) if tools.get_tool(n) is None)
        tools.use_tool_id(self.tool, "codemod kb")
        events = tools.events
        heard: list[tuple[int, Callable[..., Any]]] = [
            (events.PY_START, self.start), (events.PY_THROW, self.throw), (events.PY_UNWIND, self.unwind),
            (events.CALL, self.call), (events.C_RAISE, self.c_raise), (events.RAISE, self.raised),
        ]  # fmt: skip
        for event, callback in heard:
            tools.register_callback(self.tool, event, callback)
        tools.set_events(self.tool, events.PY_START | events.PY_THROW | events.PY_UNWIND | events.CALL | events.RAISE)

    # ---- what is written

    def write(self, output: str, command: list[str]) -> None:
        with open(output, "w", encoding="utf-8") as file:
            json.dump(self.told(command), file, indent=0)

    def told(self, command: list[str]) -> dict[str, Any]:
        classes = {c for kept in (self.raises, self.foreign) for found in kept.values() for c in found}
        classes |= {c for c in subclasses(BaseException) if self.is_wanted(c)}
        whole = classes | {base for cls in classes for base in cls.__mro__}
        return {
            "python": ".".join(map(str, sys.version_info[:3])),
            "command": command,
            "distributions": self.distributions(),
            "callables": {
                name: {
                    "c": name in self.in_c,
                    "entered": self.entered.get(name, 0),
                    "raises": counted(self.raises.get(name, {})),
                    **({"foreign": counted(self.foreign[name])} if name in self.foreign else {}),
                }
                for name in sorted({*self.entered, *self.raises, *self.foreign})
            },
            "classes": {
                class_name(c): [class_name(b) for b in c.__mro__[1:]] for c in sorted(classes, key=class_name)
            },
            "bases": {class_name(c): [class_name(b) for b in c.__bases__] for c in sorted(whole, key=class_name)},
            "names": dict(sorted(self.names())),
            "files": {
                name: path for name, module in sorted(sys.modules.items()) if (path := self.file(name, module))
            },
        }

    def is_wanted(self, cls: type) -> bool:
        builtin = cls.__module__ != "builtins" or getattr(builtins, cls.__name__, None) is cls
        return builtin and cls.__module__.partition(".")[0] in self.tops and not self.is_test_class(cls)

    def file(self, name: str, module: object) -> str:
        path = getattr(module, "__file__", None) or ""
        wanted = name.partition(".")[0] in self.tops and not is_test_name(name) and isinstance(path, str)
        return os.path.abspath(path) if wanted and path.endswith(".py") else ""

    def distributions(self) -> dict[str, str]:
        from importlib import metadata

        found = metadata.packages_distributions()
        return {d: metadata.version(d) for top in sorted(self.tops) for d in found.get(top, ())}

    def names(self) -> Iterator[tuple[str, str]]:
        for module_name, module in sorted(sys.modules.items()):
            if (
                module_name.partition(".")[0] not in self.tops
                or is_test_name(module_name)
                or type(module) is not ModuleType
            ):
                continue
            for name, value in list(vars(module).items()):
                try:
                    key = self.key(value)
                except Exception:  # lazy objects may raise anything
                    continue
                if key and key != f"{module_name}:{name}":
                    yield f"{module_name}:{name}", key

    def key(self, value: object) -> str:
        if isinstance(value, type):
            return (
                f"{value.__module__}:{value.__qualname__}" if value.__module__.partition(".")[0] in self.tops else ""
            )
        if isinstance(value, C_FUNCTIONS):
            return self.c_name(value)
        while (
            not isinstance(value, FunctionType)
            and callable(value)
            and "__wrapped__" in getattr(value, "__dict__", {})
        ):
            value = value.__dict__["__wrapped__"]
        if isinstance(value, FunctionType):
            while isinstance(inner := value.__dict__.get("__wrapped__"), FunctionType):
                value = inner
            return self.name(value.__code__, value.__globals__.get("__name__", ""))
        return ""


def counted(classes: dict[type, int]) -> dict[str, int]:
    sums: dict[str, int] = {}  # a module that was loaded twice has two classes of one name
    for cls, n in classes.items():
        sums[class_name(cls)] = sums.get(class_name(cls), 0) + n
    return dict(sorted(sums.items()))


def subclasses(cls: type) -> Iterator[type]:
    below: list[type] = type.__subclasses__(cls)
    for one in below:
        yield one
        yield from subclasses(one)


def names_of(tops: str) -> set[str]:
    return {*sys.stdlib_module_names, "builtins"} if tops == "stdlib" else set(tops.split(","))


def import_all(tops: set[str]) -> None:
    """Import every module of the packages, for their classes; what cannot be imported here is left out."""
    import pkgutil
    import warnings

    warnings.simplefilter("ignore")
    for top in sorted(tops - IMPORTS_DO_MORE):
        pending = [top]
        for name in pending:
            if is_test_name(name) or name.endswith("__main__"):
                continue
            try:
                __import__(name)
            except BaseException:  # an optional dependency, another system, or worse
                continue
            where = getattr(sys.modules.get(name), "__path__", ())
            pending += [f"{name}.{found.name}" for found in pkgutil.iter_modules(where)]


def main(arguments: list[str]) -> Any:
    if not arguments[2:]:
        looking = Monitor(names_of(arguments[1]))
        import_all(looking.tops)
        looking.write(arguments[0], [])
        return 0
    if tools is None:
        sys.exit(f"Python 3.12 or newer is needed to watch a suite; this is {sys.version.split()[0]}")
    output, tops, *command = arguments
    output, began = os.path.abspath(output), os.getpid()
    monitor = Monitor(names_of(tops))
    sys.argv = command[1:] if command[0] == "-m" else command
    if sys.path[:1] == [os.path.dirname(os.path.abspath(__file__))]:
        del sys.path[0]
    sys.path.insert(0, os.getcwd() if command[0] == "-m" else os.path.dirname(os.path.abspath(command[0])))
    code: Any = 0
    monitor.begin()
    try:
        if command[0] == "-m":
            runpy.run_module(command[1], run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(command[0], run_name="__main__")
    except SystemExit as stop:
        code = stop.code
    finally:
        tools.set_events(monitor.tool, 0)
        if os.getpid() == began:
            monitor.write(output, command)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
