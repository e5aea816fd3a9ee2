"""What codemod lends to the Python processes of a command that it observes. PYTEST_DONT_REWRITE

It stands alone in a folder on their PYTHONPATH, as `codemod_observe`, and notes what arrives at the clauses that
`clauses.json` lists. Any Python from 3.8 on must be able to run it, with no package of ours. From 3.12 on the events
are those of `sys.monitoring`: each code object is looked at once, and only lines of its broad clauses stay watched. Older
ones trace (`sys.settrace`) the functions that own one. Whatever goes wrong in here, the program goes on as it would.
"""

from __future__ import annotations

import atexit
import gc
import itertools
import json
import os
import sys
import zlib
from _thread import get_ident
from types import SimpleNamespace as Clause  # its fields are those that `clauses.py` tells

TYPE_CHECKING = False  # `typing` would be one more module in each process
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType
    from typing import Any

_OURS = {os.path.dirname(file) for file in (__file__, os.__file__, json.__file__)}
_BODIES_HAVE_LINES = sys.version_info >= (3, 10)  # before, `pass` is no instruction


class Role:
    """What an event on one line of one code object says."""

    def __init__(self) -> None:
        self.enters: list[Clause] = []
        self.arms: Clause | None = None
        self.single: Clause | None = None
        self.hits: list[Clause] = []


class Watch:
    """One code object that holds clauses."""

    def __init__(self, code: CodeType, clauses: list[Clause]) -> None:
        self.code = code  # kept, so that nothing else gets its id
        self.clauses = clauses
        self.lines: dict[int, Role] = {}
        self._starts: dict[int, set[int]] = {}
        for clause in clauses:
            for line in range(clause.guards[0], clause.guards[1] + 1):
                self._role(line).enters.append(clause)
            if clause.way != "except":
                continue
            if clause.single or (clause.silent and not _BODIES_HAVE_LINES):
                self._role(clause.header).single = clause
                continue
            for line in range(clause.header, clause.body[0]):
                self._role(line).arms = clause
            for line in range(clause.body[0], clause.body[1] + 1):
                self._role(line).hits.append(clause)

    def _role(self, line: int) -> Role:
        return self.lines.setdefault(line, Role())

    def begins(self, clause: Clause, offset: int) -> bool:
        """Whether an instruction is where a handler on one line asks for the type; it may come by that line again."""
        if clause.header not in self._starts:
            self._starts[clause.header] = set(_beginnings(self.code, clause.header, clause.kind == "bare"))
        found = self._starts[clause.header]
        return not found or offset in found or offset - 2 in found or offset + 2 in found


def _beginnings(code: CodeType, line: int, bare: bool) -> Iterator[int]:
    """Where the instructions of a line begin that compare the type, or for a bare clause drop the exception."""
    import dis

    start = -1
    for instruction in dis.get_instructions(code):
        positions: Any = getattr(instruction, "positions", None)
        if positions is None or positions.lineno != line:
            start = -1
        elif start < 0:
            start = instruction.offset
        if start >= 0 and (
            instruction.opname in ("CHECK_EXC_MATCH", "CHECK_EG_MATCH")
            or (bare and start == instruction.offset and instruction.opname == "POP_TOP")
        ):
            yield start


class Probe:
    """The one of this process."""

    def __init__(self, folder: str) -> None:
        # the program may replace these, a fake file system in a test say
        self._open, self._write, self._read, self._close = os.open, os.write, os.read, os.close
        self._realpath, self._pid, self._dumps = os.path.realpath, os.getpid, json.dumps
        settings = json.loads(self._content(os.path.join(folder, "clauses.json")))
        self.records = settings["records"]
        self.top = settings["top"] + os.sep
        self.kinds: dict[str, str] = settings["paths"]  # the project's files by path: "test" or "project"
        self.files: dict[str, dict[str, Any]] = settings["files"]
        self.cwd = os.getcwd()
        self.by_name: dict[str, list[str]] = {}
        for path in self.files:
            self.by_name.setdefault(os.path.basename(path), []).append(path)
        self.owners: dict[str, dict[str, list[Clause]]] = {}  # by path and name of a code object
        self.known: dict[str, str] = {}  # the path of the file that a code object names, "" for one of no interest
        self.origins: dict[str, str] = {}
        self.watches: dict[int, Watch] = {}
        self.armed: dict[int, Clause] = {}  # by thread: the clause whose header came last
        self.pending: set[int] = set()  # threads where an exception was raised in a watched function
        self.lost: Any = lambda: False
        self.was_lost = False  # for a while
        self.reset()

    def reset(self) -> None:
        """A process of its own: nothing was counted in it yet."""
        self.file = os.path.join(self.records, f"{self._pid()}-{os.urandom(4).hex()}")
        self.entered: set[int] = set()
        self.counts: dict[tuple[int, str, str], Any] = {}
        self.types: set[str] = set()
        self.armed.clear()
        self.pending.clear()

    def path(self, name: str) -> str:
        """The file of the list that a code object comes from; "" for any other."""
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = "" if name[:1] == "<" else self._find(name)
        return found

    def _find(self, name: str) -> str:
        candidates = self.by_name.get(os.path.basename(name))
        if candidates is None and not os.path.islink(name):
            return ""
        try:
            real = self._realpath(os.path.join(self.cwd, name))
            data = self._content(real)
        except (OSError, ValueError) as error:
            if not _ours(error):
                raise
            return ""
        sum_of = [len(data), zlib.crc32(data)]
        if real in self.files:
            if self.files[real]["sum"] == sum_of:
                return real
            self.write(changed=self.files[real]["path"])
            return ""
        same = [path for path in candidates or () if self.files[path]["sum"] == sum_of]
        return same[0] if len(same) == 1 else ""  # a copy: installed, or built

    def watch(self, code: CodeType) -> Watch | None:
        """What to watch in a code object; None for one of another file."""
        path = self.path(code.co_filename)
        if not path:
            return None
        found = self.watches.get(id(code))
        if found is None:
            if path not in self.owners:
                owners = self.owners[path] = {}
                for number, told in self.files[path]["clauses"]:
                    owners.setdefault(told["owner"], []).append(Clause(number=number, **told))
            mine = self.owners[path].get(code.co_name, ())
            clauses = [c for c in mine if c.owner == "<module>" or code.co_firstlineno in c.begins]
            found = self.watches[id(code)] = Watch(code, clauses)
        return found

    def on_line(self, watch: Watch, line: int, frame_offset: Any) -> bool:
        """One event; whether more of them are wanted on this line. `frame_offset` gives the place of the instruction;
        without one, where a function is traced, an exception must have come in between."""
        role = watch.lines.get(line)
        if role is None:
            return False
        for entered in role.enters:
            if entered.number not in self.entered:
                self.entered.add(entered.number)
                self.write(entered=entered.number)
        if role.arms is None and role.single is None and not role.hits:
            return False
        thread = get_ident()
        if (clause := role.single) is not None and (
            watch.begins(clause, frame_offset()) if frame_offset else thread in self.pending
        ):
            self.pending.discard(thread)
            error = sys.exc_info()[1]
            if isinstance(error, Exception if clause.kind == "Exception" else BaseException):
                self.arrived(clause, error)
        if role.arms is not None:
            self.armed[thread] = role.arms
        elif role.hits and self.armed.get(thread) in role.hits:
            self.arrived(self.armed.pop(thread), sys.exc_info()[1])
        return True

    def on_suppress(self, frame: FrameType) -> None:
        """`contextlib.suppress.__exit__` begins in this frame."""
        manager, kind, error = [frame.f_locals.get(name) for name in frame.f_code.co_varnames[:3]]
        caller = frame.f_back
        watch = self.watches.get(id(caller.f_code)) if kind is not None and caller is not None else None
        if caller is None or watch is None:
            return
        broad = tuple(each for each in (Exception, BaseException) if each in getattr(manager, "_exceptions", ()))
        line = caller.f_lineno
        inside = [c for c in watch.clauses if c.way == "suppress" and c.statement[0] <= line <= c.statement[1]]
        if inside and isinstance(error, broad):
            self.arrived(max(inside, key=lambda c: c.statement[0]), error)

    def arrived(self, clause: Clause, error: Any) -> None:
        """An exception is at a clause. At the very limit of recursion there is no room for this, and none is counted."""
        if error is None:
            return
        cls = type(error)
        name = _dotted(cls)
        if name not in self.types:
            self.types.add(name)
            self.write(type=name, mro=[_dotted(c) for c in cls.__mro__], path=self._home(cls))
        key = (clause.number, name, self.origin(error))
        counter = self.counts.get(key)
        if counter is None:
            counter = self.counts.setdefault(key, itertools.count(1))
        count = next(counter)  # in one step, whatever other threads do
        if count & (count - 1) == 0:  # 1, 2, 4, 8, …: of a process that is killed half is known at least
            self.write(seen=[*key, count])

    def _home(self, cls: type) -> str:
        """The project's file that defines a class."""
        file = getattr(sys.modules.get(cls.__module__), "__file__", None)
        inner = self._inner(file) if isinstance(file, str) else ""
        return inner if inner in self.kinds else ""

    def _inner(self, name: str) -> str:
        """A path below the top; "" for any other."""
        real = self._realpath(os.path.join(self.cwd, name))
        return real[len(self.top) :] if real.startswith(self.top) else ""

    def origin(self, error: Any) -> str:
        """What raised an exception, by the file of its last frame."""
        trace, name = error.__traceback__, ""
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            trace = trace.tb_next
        found = self.origins.get(name)
        if found is None:
            found = self.origins[name] = self._origin(name)
        return found

    def _origin(self, name: str) -> str:
        parts = name.replace(os.sep, "/").split("/")
        if parts[-2:] in (["unittest", "mock.py"], ["mock", "mock.py"]):
            return "mock"
        inner = self._inner(name)
        if inner not in self.kinds:
            copy = self.path(name)
            inner = self.files[copy]["path"] if copy else ""
        return self.kinds.get(inner) or ("test" if "_pytest" in parts else "library")

    def write(self, **told: Any) -> None:
        """A line, in one call, into the file of this process, which is not kept open: the program may close all files,
        and the next one that it opens would get our number."""
        try:
            line = (self._dumps(told) + "\n").encode("ascii")
            descriptor = self._open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            try:
                self._write(descriptor, line)
            finally:
                self._close(descriptor)
        except (OSError, ValueError) as error:
            if not _ours(error):
                raise  # else the folder is gone: this process outlived its run

    def _content(self, path: str) -> bytes:
        descriptor = self._open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return b"".join(iter(lambda: self._read(descriptor, 1 << 20), b""))
        finally:
            self._close(descriptor)

    def end(self) -> None:
        """The last word of this process, perhaps of several."""
        for key, counter in list(self.counts.items()):
            self.write(seen=[*key, int(repr(counter)[6:-1]) - 1])  # count(42)
        if self.lost():
            self.write(lost=True)
        self.write(end=True)


def _dotted(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"[:1000]


def _is_suppress(code: CodeType) -> bool:
    suppress = getattr(sys.modules.get("contextlib"), "suppress", None) if code.co_name == "__exit__" else None
    return suppress is not None and suppress.__exit__.__code__ is code


def _ours(error: BaseException) -> bool:
    """Whether something went wrong in here. What a handler of a signal has raised meanwhile is the program's business, and
    so is the limit of recursion: Python 3.8 goes on without one where somebody keeps that for himself, and crashes."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    name = trace.tb_frame.f_code.co_filename if trace is not None else ""
    return (name[:7] == "<frozen" or os.path.dirname(name) in _OURS) and not isinstance(error, RecursionError)


def _monitor(probe: Probe) -> None:
    """Listen to `sys.monitoring`, under a number that nobody has taken."""
    monitoring: Any = sys.monitoring  # type: ignore[attr-defined]
    tool = next(number for number in (4, 3, 5, 2) if monitoring.get_tool(number) is None)
    start, line, stop = monitoring.events.PY_START, monitoring.events.LINE, monitoring.DISABLE

    def on_start(code: CodeType, offset: int) -> Any:
        try:
            watch = probe.watch(code)
            if watch is not None:
                if watch.clauses:
                    monitoring.set_local_events(tool, code, line)
            elif _is_suppress(code):
                probe.on_suppress(sys._getframe(1))
                return None
        except RecursionError:
            return None
        except Exception as error:
            if not _ours(error):
                raise
        return stop

    def on_line(code: CodeType, number: int) -> Any:
        try:
            watch = probe.watches.get(id(code))
            if watch is None or not probe.on_line(watch, number, lambda: sys._getframe(3).f_lasti):
                return stop
        except RecursionError:
            return None
        except Exception as error:
            if not _ours(error):
                raise
        return None

    monitoring.use_tool_id(tool, "codemod observe")
    monitoring.register_callback(tool, start, on_start)
    monitoring.register_callback(tool, line, on_line)
    monitoring.set_events(tool, start)


def _trace(probe: Probe) -> None:
    """Trace the functions that hold a clause, for want of anything better."""
    import threading

    def of_all(frame: FrameType, event: str, argument: Any) -> Any:
        try:
            code = frame.f_code
            watch = probe.watch(code)
            if watch is not None:
                return of_one if watch.clauses else None
            if _is_suppress(code):
                probe.on_suppress(frame)
        except Exception as error:
            if not _ours(error):
                raise
        return None

    def of_one(frame: FrameType, event: str, argument: Any) -> Any:
        try:
            watch = probe.watches.get(id(frame.f_code))
            if event == "line" and watch is not None:
                probe.on_line(watch, frame.f_lineno, None)
            elif event == "exception":
                probe.pending.add(get_ident())
        except Exception as error:
            if not _ours(error):
                raise
        return of_one

    def again(phase: str, info: Any) -> None:
        """Another tracer has come to its end; or ours met the limit of recursion, and Python took it away."""
        if phase == "stop" and sys.gettrace() is None:
            probe.was_lost = True
            sys.settrace(of_all)

    probe.lost = lambda: probe.was_lost or sys.gettrace() is not of_all
    gc.callbacks.append(again)
    threading.settrace(of_all)
    sys.settrace(of_all)


def start(folder: str) -> None:
    """Begin, in this process and in those that it forks."""
    probe = Probe(folder)
    probe.write(python="{}.{}.{}".format(*sys.version_info))
    atexit.register(probe.end)
    os.register_at_fork(after_in_child=probe.reset)
    leave = os._exit

    def _exit(status: int) -> Any:
        probe.end()
        leave(status)

    os._exit = _exit
    (_monitor if sys.version_info >= (3, 12) else _trace)(probe)
