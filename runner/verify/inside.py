"""What codemod lends to the Python processes of a command that it verifies with. PYTEST_DONT_REWRITE

It stands alone in a folder on their PYTHONPATH, as `codemod_verify`. There it sees to it that modules of the
repository come from the worktree and not from where the project was installed, notes which were imported, and as a
plugin of pytest notes the outcome of each test. Any Python from 3.7 on must be able to run it, with no package of ours.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_LONGEST = 100_000  # characters of a report that are kept
_ENVIRONMENTS = ("site-packages", "dist-packages", ".git", ".tox", ".nox")


def _settings() -> dict[str, Any]:
    with open(os.path.join(_FOLDER, "settings.json"), encoding="utf-8", errors="surrogateescape") as file:
        found = json.load(file)
    assert isinstance(found, dict)
    return found


class Finder:
    """In front of all other finders: it asks them, and leads what they find elsewhere to the worktree."""

    def __init__(self, tree: str, origin: str, names: dict[str, list[str]]) -> None:
        self.tree = tree  # the worktree
        self.origin = origin  # the checkout that it stands for; "" where there is none
        self.prefix = os.path.realpath(sys.prefix)  # this environment may lie in the checkout
        self.names = names  # each top-level module of the project, with the folders that it may lie in
        self._real: dict[str, str] = {}

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        spec = self._ask(name, path, target)
        if spec is None:
            return None
        if spec.has_location and spec.origin:
            return self._of_file(name, spec, spec.origin)
        if spec.submodule_search_locations is not None:
            return self._of_folders(name, spec, list(spec.submodule_search_locations))
        return spec

    def _ask(self, name: str, path: Any, target: Any) -> ModuleSpec | None:
        finders = list(sys.meta_path)
        behind = finders[finders.index(self) + 1 :] if self in finders else []
        for finder in behind:
            ask = getattr(finder, "find_spec", None)
            spec = ask(name, path, target) if ask else None
            if spec is not None:
                return spec  # type: ignore[no-any-return]
        return None

    def _of_file(self, name: str, spec: ModuleSpec, origin: str) -> ModuleSpec | None:
        real = self.real(origin)
        inner = self.below(real, self.origin)
        if self.below(real, self.tree) is not None:
            return spec
        if inner is None:
            return self._own(name) or spec
        place = os.path.join(self.tree, inner)
        if not os.path.isfile(place):
            why = f"{inner} is not among the files of the commit, only in {self.origin}; see --verify-copy"
            raise ModuleNotFoundError(f"codemod verify: no module {name}: {why}", name=name)
        package = spec.submodule_search_locations is not None
        return spec_from_file_location(
            name, place, submodule_search_locations=[os.path.dirname(place)] if package else None
        )

    def _of_folders(self, name: str, spec: ModuleSpec, places: list[str]) -> ModuleSpec | None:
        """A namespace package: its parts in the checkout are those in the worktree."""
        led = []
        for place in places:
            inner = self.below(self.real(place), self.origin)
            moved = place if inner is None else os.path.join(self.tree, inner)
            if moved not in led and (inner is None or os.path.isdir(moved)):
                led.append(moved)
        if led == places:
            return spec
        if not led:
            raise ModuleNotFoundError(f"codemod verify: no module {name} in the commit", name=name)
        found = ModuleSpec(name, None, is_package=True)
        found.submodule_search_locations = led
        return found

    def _own(self, name: str) -> ModuleSpec | None:
        """A module of the project that was found in a copy elsewhere, where it is installed."""
        if name not in self.names:
            return None
        spec = PathFinder.find_spec(name, [os.path.join(self.tree, folder) for folder in self.names[name]])
        return spec if spec is not None and spec.has_location else None

    def real(self, path: str) -> str:
        folder, base = os.path.split(os.path.abspath(path))
        if folder not in self._real:
            self._real[folder] = os.path.realpath(folder)
        return os.path.join(self._real[folder], base)

    def below(self, path: str, top: str) -> str | None:
        """Where a path lies in a folder; None outside of it, in an environment, and in the worktree for another one."""
        if not top or not path.startswith(top + os.sep):
            return None
        if top != self.tree and path.startswith(self.tree + os.sep):
            return None
        if len(self.prefix) > len(top) and path.startswith(self.prefix + os.sep):
            return None
        inner = path[len(top) + 1 :]
        return None if of_environment(inner) else inner

    def installed(self, name: str) -> str:
        """Where a Python that hears nothing of us finds a module of the project; "" where nowhere, or in the worktree."""
        known = (self.tree, _FOLDER)
        path = [p for p in sys.path if p and not (self.real(p) + os.sep).startswith(tuple(k + os.sep for k in known))]
        spec = PathFinder.find_spec(name, path)
        for finder in sys.meta_path:
            ask = getattr(finder, "find_spec", None)
            if spec is None and ask and finder is not self and finder is not PathFinder:
                spec = ask(name, None)
        places = (
            [spec.origin] if spec and spec.has_location else list((spec and spec.submodule_search_locations) or ())
        )
        found = [self.real(place) for place in places if place]
        return next((place for place in found if not place.startswith(self.tree + os.sep)), "")


def of_environment(inner: str) -> bool:
    """Whether a path below the checkout leads to what is installed there."""
    return any(part in _ENVIRONMENTS for part in inner.split(os.sep))


_FINDER: Finder | None = None


def install() -> None:
    """Stand in front, in this process; at its end note what was imported."""
    global _FINDER
    settings = _settings()
    if _FINDER is None:
        _FINDER = Finder(settings["tree"], settings["origin"], settings["names"])
        atexit.register(note_modules)
        if hasattr(sys, "addaudithook"):  # from Python 3.8 on
            sys.addaudithook(_watch)
    if _FINDER in sys.meta_path:
        sys.meta_path.remove(_FINDER)
    sys.meta_path.insert(0, _FINDER)


def chain() -> None:
    """Called by our own `sitecustomize`: then the one whose place it took."""
    install()
    others = [place for place in sys.path if os.path.abspath(place or os.curdir) != _FOLDER]
    spec = PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None:
        module = module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)


def note_modules() -> None:
    """Which files the modules of the project came from in this process, and which Python it is."""
    if _FINDER is None:
        return
    found = []
    for name, module in list(sys.modules.items()):
        for place in _places(module):
            real = _FINDER.real(place)
            ours = name.partition(".")[0] in _FINDER.names
            if ours or any(_FINDER.below(real, top) for top in (_FINDER.tree, _FINDER.origin)):
                found.append([name, real])
    _note(found)


def _note(modules: Sequence[Sequence[str]]) -> None:
    places = [p for p in sys.path if os.path.basename(p) in _ENVIRONMENTS[:2]]
    told = {"modules": modules, "python": sys.executable, "version": sys.version, "places": places}
    _write("modules", told)


# ---- processes that hear nothing of us ---------------------------------------------------------


def _watch(event: str, args: Any) -> None:
    """Where a Python is started without our place on its PYTHONPATH, note what of the project it finds elsewhere."""
    if event != "subprocess.Popen":
        return
    try:
        _, words, cwd, env = args
        told = [os.fsdecode(word) for word in ([words] if isinstance(words, (str, bytes)) else words)]
        _note_blind(told, os.fsdecode(cwd or os.curdir), env)
    except Exception:  # a call that is none
        pass


def _note_blind(words: Sequence[str], cwd: str, env: Any) -> None:
    is_python = re.fullmatch(r"python[\d.]*", os.path.basename(words[0])) is not None
    options = [word for word in words[1 : _behind_options(words)] if is_python and not word.startswith("--")]
    isolated = any("I" in word for word in options)
    deaf = isolated or any("E" in word for word in options)
    if _FINDER is None or not (deaf or (env is not None and not _is_lent(env))):
        return
    here = "" if isolated or not is_python else cwd  # what `-m` and `-c` look into first
    for name in _FINDER.names:
        if here and any(os.path.exists(os.path.join(here, name + end)) for end in ("", ".py")):
            continue
        place = _FINDER.installed(name) if any(re.search(rf"\b{name}\b", text) for text in _texts(words)) else ""
        if place:
            _note([[name, place]])


def _behind_options(words: Sequence[str]) -> int:
    """Where options of Python end, and what it runs begins."""
    for at, word in enumerate(words[1:], 1):
        if not word.startswith("-") or word in ("-m", "-c", "-"):
            return at
    return len(words)


def _is_lent(env: Mapping[Any, Any]) -> bool:
    known = {os.fsdecode(name): os.fsdecode(value) for name, value in env.items()}
    return _FOLDER in known.get("PYTHONPATH", "").split(os.pathsep)


def _texts(words: Sequence[str]) -> Iterator[str]:
    """A command's own words, and the beginning of the scripts that they name."""
    yield " ".join(words[1:])
    for place in (shutil.which(words[0]), *words[1:]):
        if place and os.path.isfile(place):
            with open(place, "rb") as file:
                text = file.read(_LONGEST)
            if b"\0" not in text:  # a program
                yield text.decode("utf-8", "replace")


def _places(module: Any) -> list[str]:
    file = getattr(module, "__file__", None)
    if isinstance(file, str) and file:
        return [file]
    try:
        return [place for place in getattr(module, "__path__", ()) if isinstance(place, str)]
    except Exception:  # a module that only looks like one
        return []


def _write(kind: str, told: dict[str, Any]) -> None:
    """A line, in one call, into the file of this process."""
    line = (json.dumps(told) + "\n").encode("utf-8", "surrogateescape")
    try:
        place = os.path.join(_settings()["records"], f"{kind}-{os.getpid()}")
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)
    except OSError:  # the folder is gone: this process outlived its run
        pass


# ---- a plugin of pytest ------------------------------------------------------------------------


class _Log:
    """Lines about tests in one file, each written at once: a crash must not take them along."""

    descriptor = -1
    only: dict[str, list[str]] | None = None

    @classmethod
    def write(cls, **told: Any) -> None:
        if cls.descriptor >= 0:
            os.write(cls.descriptor, (json.dumps(told) + "\n").encode("utf-8", "surrogateescape"))


def pytest_configure(config: Any) -> None:
    install()
    settings = _settings()
    _Log.only = settings["only"]
    for name, value in (("maxfail", 0), ("stepwise", False), ("continue_on_collection_errors", True)):
        if hasattr(config.option, name):
            setattr(config.option, name, value)
    if hasattr(config, "workerinput") or _Log.descriptor >= 0:  # of xdist, or pytest in a test of pytest
        return
    place = os.path.join(settings["records"], f"tests-{os.getpid()}")
    _Log.descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    _Log.write(root=str(getattr(config, "rootpath", None) or config.rootdir))


def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    only = _Log.only
    if only is None:
        return
    tests, files = set(only["tests"]), set(only["files"])
    kept = [item for item in items if item.nodeid in tests or _file(item) in files]
    if len(kept) < len(items):
        chosen = set(map(id, kept))
        config.hook.pytest_deselected(items=[item for item in items if id(item) not in chosen])
        items[:] = kept


def _file(item: Any) -> str:
    path = os.path.realpath(str(getattr(item, "path", None) or item.fspath))
    return os.path.relpath(path, _settings()["tree"]).replace(os.sep, "/")


def _ignored(path: str) -> bool | None:
    """Whether a file need not be imported: nothing that is asked for lies in it."""
    only = _Log.only
    if only is None or not path.endswith(".py") or os.path.basename(path) in ("conftest.py", "__init__.py"):
        return None
    inner = os.path.relpath(os.path.realpath(path), _settings()["tree"]).replace(os.sep, "/")
    return None if inner in only["collect"] else True


def _version() -> tuple[int, ...]:
    told = str(getattr(sys.modules.get("pytest"), "__version__", "0"))
    return tuple(int(part) for part in told.split(".")[:2] if part.isdigit())


if _version() >= (7,):

    def pytest_ignore_collect(collection_path: Any) -> bool | None:
        return _ignored(str(collection_path))


def pytest_runtest_logstart(nodeid: str) -> None:
    _Log.write(start=nodeid)


def pytest_runtest_logreport(report: Any) -> None:
    if report.when == "teardown":
        _Log.write(done=report.nodeid)
    if report.when != "call" and report.outcome == "passed":
        return
    state = report.outcome
    text = ""
    if state == "failed":
        text = _text(report)
    elif state == "skipped":
        text = str(report.longrepr)[-500:]
        state = "xfailed" if hasattr(report, "wasxfail") else "skipped"
    _Log.write(test=report.nodeid, state=state, when=report.when, text=text)


def pytest_collectreport(report: Any) -> None:
    if report.outcome in ("failed", "skipped"):
        _Log.write(collected=report.nodeid, state=report.outcome, text=_text(report))


def pytest_internalerror(excrepr: Any) -> None:
    _Log.write(crash=str(excrepr)[-_LONGEST:])


def pytest_sessionfinish(session: Any, exitstatus: Any) -> None:
    note_modules()
    _Log.write(end=int(exitstatus))


def _text(report: Any) -> str:
    try:
        return "\n".join([str(report.longrepr), *(text for _, text in report.sections)])[-_LONGEST:]
    except Exception as error:  # a report of somebody else's making
        return repr(error)
