"""Where a dotted name is defined, over the files of a project: one climb through imports, re-exports and stars.

`engine/tables.py` says what each file binds. `Exports` follows a name from file to file, through aliases, `__all__`,
submodules that are also names, and every way that a name may go (`try` and `except`, `if`): all that it may mean. A
circle ends where it closes, and nothing else ends a climb.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Literal, TypeVar

from ..engine.grouping import grouped
from ..engine.known import Known
from ..engine.tables import UNKNOWN, Table
from .modules import Modules

Kind = Literal["definition", "variable", "module", "outside", "unread", "unknown"]
Place = tuple[str, str]  # a file and a name in it
T = TypeVar("T", bound=Hashable)

_PYTEST = (
    "fixture yield_fixture mark param raises warns skip fail xfail exit importorskip approx deprecated_call register_assert_rewrite "
    "set_trace main console_main freeze_includes hookimpl hookspec Item File Module Package Class Function Collector Session "
    "Config Parser PytestPluginManager FixtureRequest FixtureLookupError MonkeyPatch LogCaptureFixture CaptureFixture Cache "
    "TempPathFactory Pytester RecordedWarning WarningsRecorder ExceptionInfo Mark MarkDecorator MarkGenerator Metafunc UsageError"
)
_KNOWN = {
    "unittest.mock": "unittest.mock", "mock": "unittest.mock", "mock.mock": "unittest.mock", "asynctest": "unittest.mock",
    "asynctest.mock": "unittest.mock", "asyncio": "asyncio", "typing": "typing", "typing_extensions": "typing",
}  # fmt: skip


@cache
def star(library: str) -> frozenset[str]:
    """The names that `from LIBRARY import *` gives; none for a library that is not known."""
    if library == "pytest":
        return frozenset(_PYTEST.split())
    known = _KNOWN.get(library)  # the running Python's own; mock and asynctest follow unittest.mock
    return frozenset(importlib.import_module(known).__all__) if known else frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a name may be: a class or function of a file, another value of it, the file itself, what a module
    outside of the project has (`name` is dotted), what a file has that was not read; or nobody knows, perhaps but where
    the climb ended."""

    kind: Kind
    path: str = ""
    name: str = ""  # qualified, in the file
    through: tuple[Place, ...] = field(default=(), compare=False)  # where the climb came by, the nearest first


_UNKNOWN = Found("unknown")
_Climb = Generator[Place, tuple[Found, ...], tuple[Found, ...]]


class Exports:
    """What the names of some files mean. A file that has no table was not read."""

    def __init__(self, tables: Mapping[str, Table], modules: Modules) -> None:
        self.tables = tables
        self.modules = modules
        self.unread: dict[
            str, set[str]
        ] = {}  # files that were wanted, with the names that they were asked for ("*": any)
        self._known: dict[Place, tuple[Found, ...]] = {}
        self._followed: dict[Place, tuple[Found, ...]] = {}  # by folder and dotted name

    def learn(self) -> None:
        """Tables were added: what hangs on files that had none is asked again."""
        self.unread.clear()
        self._followed.clear()
        # a module may be found for want of the table of the package around it
        self._known = {
            place: found
            for place, found in self._known.items()
            if all(f.kind not in ("unread", "module") for f in found)
        }

    def find(self, dotted: str, near: str) -> tuple[Found, ...]:
        """All that a dotted name may mean in a file that imports it, in the order of the files' text; none where it
        surely means nothing. ":name" is one of the file itself."""
        if dotted.startswith(":"):
            return self.gives(near, dotted[1:])
        key = (near.rpartition("/")[0], dotted)
        if key not in self._followed:
            self._followed[key] = self._run(self._follow(dotted, near))
        return self._followed[key]

    def gives(self, path: str, name: str) -> tuple[Found, ...]:
        """All that a name of a module may mean, `Cls.attribute` too."""
        return self._known[path, name] if (path, name) in self._known else self._run(_ask((path, name)))

    def definition(self, dotted: str, near: str) -> Found | None:
        """The one thing that a dotted name means; None where that is nothing, several things or not known."""
        found = self.find(dotted, near)
        return found[0] if len(found) == 1 and found[0].kind != "unknown" else None

    def called(self, found: Found, path: str) -> str:
        """The name that a file has for something already; "" where it has none."""
        return next((name for name in self.bound(path) if self.gives(path, name) == (found,)), "")

    def exported(self, path: str) -> Iterator[str]:
        """The names that `from module import *` takes from a file, as far as they are known."""
        seen = {path}
        stack = [path]
        while stack:
            file = stack.pop()
            if (table := self._read(file)) is None:
                continue
            listed = table.exported or ()
            yield from (n for n in listed if n[0] not in "*?")
            if table.exported is None or UNKNOWN in listed:
                yield from (n for n in table.names if n[0] != "_")
                listed += table.stars
            files, given = self._stars(file, listed)
            yield from given
            stack += (f for f in files if f not in seen)
            seen.update(files)

    def bound(self, path: str) -> list[str]:
        """All names that a module has, those that star imports give included; none of one that was not read."""
        if (table := self._read(path)) is None:
            return []
        files, given = self._stars(path, table.stars)
        return list(dict.fromkeys((*table.names, *(n for file in files for n in self.exported(file)), *given)))

    def _read(self, path: str) -> Table | None:
        """The table of a file, all names of which are wanted."""
        if path not in self.tables:
            self.unread.setdefault(path, set()).add("*")
        return self.tables.get(path)

    def takers(self, path: str, name: str) -> list[Place]:
        """The names of other files that may mean what a file has under a name, at whatever distance."""
        return self._takers.get((path, name), [])

    @cached_property
    def _takers(self) -> dict[Place, list[Place]]:
        places = ((path, name) for path in sorted(self.tables) for name in self.bound(path))
        return grouped(
            (passed, place) for place in places
            for passed in dict.fromkeys(passed for f in self.gives(*place) for passed in f.through[1:])
        )  # fmt: skip

    def _stars(self, path: str, meanings: Iterable[str]) -> tuple[list[str], list[str]]:
        """The files of the modules that stars stand for, and the names that those of libraries give."""
        files = {m: self.modules.path(m, path) for m in (m.lstrip("*?") for m in meanings if m[0] == "*")}
        return [*{f: None for f in files.values() if f}], [
            n for m, f in files.items() if not f for n in sorted(star(m))
        ]

    # ---- the climb ---------------------------------------------------------------------------

    def _run(self, first: _Climb) -> tuple[Found, ...]:
        """The answer of a climb, without recursion. A place that is asked for while it is looked at is nothing there:
        the circle ends. What was found inside of one is kept when the place that it began at is done."""
        here: dict[Place, tuple[tuple[Found, ...], int]] = {}  # with the lowest open place that an answer hangs on
        opened: dict[Place, int] = {}
        stack = [_Step(None, first)]
        while True:
            step = stack[-1]
            try:
                asked = step.climb.send(step.answer)
            except StopIteration as stop:
                stack.pop()
                found: tuple[Found, ...] = stop.value
                if step.place is None:
                    return found
                level, above = opened.pop(step.place), stack[-1]
                found = tuple(Found(f.kind, f.path, f.name, (step.place, *f.through)) for f in found)
                if step.low >= level:
                    self._known[step.place] = found
                    here = {place: kept for place, kept in here.items() if kept[1] < level} if here else here
                else:
                    here[step.place] = found, step.low
                    above.low = min(above.low, step.low)
                above.answer = found
                continue
            if asked in self._known:
                step.answer = self._known[asked]
            elif asked in opened:
                step.answer, step.low = (), min(step.low, opened[asked])
            elif asked in here:
                step.answer, low = here[asked]
                step.low = min(step.low, low)
            elif (grown := _grows(asked, opened)) is not None:
                step.answer, step.low = (), min(step.low, grown)
            else:
                opened[asked] = len(stack)
                stack.append(_Step(asked, self._look(*asked)))

    def _follow(self, dotted: str, near: str) -> _Climb:
        target = self.modules.split(dotted, near)
        if target is None:
            lost = dotted.startswith(".") or self.modules.ambiguous(dotted, near)
            return (_UNKNOWN,) if lost else (Found("outside", name=dotted),)
        path, inner = target
        if inner:
            found = yield path, inner
            return found or ((_UNKNOWN,) if "." in inner and is_package(path) else ())
        last = dotted.rpartition(".")[2]
        parent = self.modules.path(".", path) if not is_package(path) else self.modules.path("..", path)
        if last and parent and parent != path and self._may_bind(parent, last):
            found = yield parent, last  # what the package calls so comes before its submodule
            if found:
                return found
        return (Found("module", path),)

    def _may_bind(self, path: str, name: str) -> bool:
        table = self.tables.get(path)
        return table is not None and (name in table.names or bool(table.stars))

    def _look(self, path: str, name: str) -> _Climb:
        """What a module has under a name."""
        table = self.tables.get(path)
        if table is None:
            self.unread.setdefault(path, set()).add(name.partition(".")[0])
            return (Found("unread", path, name),)
        head, _, rest = name.partition(".")
        rest = rest and f".{rest}"
        meanings = table.names.get(head, table.stars)
        groups: list[tuple[Found, ...]] = []
        for meaning in reversed(meanings):
            if meaning[0] != "*":
                groups.append((yield from self._mean(path, meaning, rest)))
            elif given := (yield from self._starred(path, meaning.lstrip("*?"), head, rest)):
                groups.append(given)
                if meaning[1] != "?" and all(f.kind not in ("unknown", "unread") for f in given):
                    break
        found = tuple(dict.fromkeys(f for group in reversed(groups) for f in group))
        submodule = self.modules.path(f".{head}", path) if is_package(path) else None
        if submodule is not None and not (found and self._imports(path, meanings, submodule)):
            found += (yield submodule, rest[1:]) if rest else (Found("module", submodule),)
        if not found and (table.partial or "__getattr__" in table.names):
            return (Found("unknown", path, name),)
        return found

    def _imports(self, path: str, meanings: Iterable[str], submodule: str) -> bool:
        """Whether a package imports its submodule before it binds the submodule's name to something else."""
        dotted = (m.lstrip("*?") for m in meanings if m[0] not in ":=~?")
        return any((target := self.modules.split(m, path)) is not None and target[0] == submodule for m in dotted)

    def _mean(self, path: str, meaning: str, rest: str) -> _Climb:
        match meaning[0]:
            case ":":
                return (Found("definition", path, meaning[1:] + rest),)
            case "=":
                return (Found("variable", path, meaning[1:] + rest),)
            case "~":
                return (yield path, meaning[1:] + rest)
            case "?":
                return (_UNKNOWN,)
        return (yield from self._follow(meaning + rest, path))

    def _starred(self, path: str, module: str, name: str, rest: str) -> _Climb:
        """What `from module import *` gives under a name; nothing where it gives no such name."""
        target = self.modules.path(module, path)
        if target is None:
            if name in star(module):
                return (Found("outside", name=f"{module}.{name}{rest}"),)
            return () if star(module) else (_UNKNOWN,)
        lists = self._lists(target, name) if target in self.tables else True
        if lists is False:
            return ()
        found = yield target, name + rest
        return found if lists or not found else (*found, _UNKNOWN)

    def _lists(self, path: str, name: str) -> bool | None:
        """Whether a star import of a file takes a name that the file has; None where its `__all__` cannot be read."""
        answer: bool | None = False
        seen = {path}
        stack = [path]
        while stack:
            file = stack.pop()
            listed = self.tables[file].exported if file in self.tables else (UNKNOWN,)
            if name in (listed or ()) or (listed is None and name[0] != "_"):
                return True
            further = {
                each != UNKNOWN and self.modules.path(each[1:], file) for each in listed or () if each[0] in "*?"
            }
            files = {f for f in further if f}
            answer = answer if len(files) == len(further) else None
            stack += files - seen
            seen |= files
        return answer


@dataclass(slots=True)
class _Step:
    place: Place | None
    climb: _Climb
    answer: Any = None
    low: int = 1 << 30


def _grows(asked: Place, opened: Mapping[Place, int]) -> int | None:
    """The level of an open place, where two of them led to this one, each asking for more of one name: `from .old import old`
    where there is no such module means "old.old" of the package, that means "old.old.old", and so on without end."""
    path, name = asked
    head, dots = name.partition(".")[0], name.count(".")
    if dots < 2:
        return None
    shorter = [each for each in opened if each[0] == path and each[1].partition(".")[0] == head]
    shorter = [each for each in shorter if each[1].count(".") < dots]
    return min(opened[each] for each in shorter) if len(shorter) > 1 else None


def _ask(place: Place) -> _Climb:
    return (yield place)


def is_package(path: str) -> bool:
    """Whether a file is that of a package."""
    return path.rpartition("/")[2].startswith("__init__.")


def exports_of(known: Known) -> Exports:
    """What the names of all scanned files mean, where their facts have a `table`: for a codemod of your own."""
    return Exports({path: facts.table for path, facts in known.facts.items()}, known.project.once(Modules))


def mro(cls: T, bases: Callable[[T], Iterable[T]]) -> list[T]:
    """Python's own order (C3) of a class and its bases, as far as they are known; bases that no order fits stand one
    after the other, and one that a class has of itself counts for nothing."""
    lines: dict[T, list[T]] = {}
    known: dict[T, list[T]] = {}
    stack = {cls: None}
    while stack:
        each = next(reversed(stack))
        if each not in known:
            known[each] = [*bases(each)]
        mine = [b for b in known[each] if b not in stack]
        further = next((b for b in mine if b not in lines), None)
        if further is not None:
            stack[further] = None
            continue
        del stack[each]
        lines[each] = [each, *_merged([*([*lines[b]] for b in mine), mine])]
    return lines[cls]


def _merged(lines: Sequence[Sequence[T]]) -> Iterator[T]:
    while lines := [line for line in lines if line]:
        free = (line[0] for line in lines if not any(line[0] in other[1:] for other in lines))
        first = next(free, lines[0][0])
        yield first
        lines = [[c for c in line if c != first] for line in lines]
