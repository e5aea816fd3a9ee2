"""Which files, from a commit's tree or from a folder, and why each was left out of editing.

Two worlds for the engine: `CommitWorld` reads blobs and never the checkout, `FolderWorld` reads the
working tree for `--in-place`. Paths and excludes limit what is edited, never what is known.
"""

from __future__ import annotations

import os
import posixpath
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from codemods.engine.codemod import ALL
from codemods.engine.known import Project, upward
from codemods.engine.python import lowest_python
from codemods.engine.source import PYTHON
from codemods.engine.world import CONFIG_FILES, Outcome, Task, matches_glob, word_pattern

from .cache import Cache
from .chunks import Workers
from .config import Options
from .disk import is_own_folder, user_state_dir, walk
from .errors import UsageError, os_reason
from .git import Repository
from .named import below_top
from .services import LocalServices
from .terminal import quoted
from .trees import REGULAR

_LFS = b"version https://git-lfs.github.com/spec/"


class FileWorld(ABC):
    """What both worlds share: limits on editing, running tasks through the cache, formatting, overlays."""

    def __init__(
        self, options: Options, workers: Workers, *, state: Path, shared: Path, recent: set[str] | None
    ) -> None:
        self.options = options
        self.workers = workers
        self.state = state  # of this work tree: plans, what undo needs
        self.shared = shared  # of the repository: what depends on blobs alone
        self.recent = recent  # with --diff-base: the only files to edit
        self.cache = Cache(shared if options.cache else None)
        self.services = LocalServices(state)
        self.changed: dict[str, bytes | None] = {}
        self.crashed: set[str] = set()  # files whose work failed, perhaps by the machine's fault
        self.remarks: list[str] = []  # what a helper refused
        self.unreadable: dict[str, str] = {}  # files that are there and not for us to read, with the reason

    # ---- what a subclass knows -------------------------------------------------------------

    @abstractmethod
    def all_paths(self) -> Collection[str]: ...
    @abstractmethod
    def _search(self, words: Sequence[str], globs: Sequence[str]) -> set[str]: ...
    @abstractmethod
    def _read(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Contents; of a file above the limit one byte more than that, which says so."""

    @abstractmethod
    def _standing(self) -> Iterable[str]:
        """All paths, those too that are no regular files."""

    def _lying(self, path: str) -> Iterable[str]:
        """What lies there, or on the way there, and need not be one of the project's files."""
        return ()

    base = ""  # the commit that is read

    def unread(self) -> tuple[int, int]:
        """How many modified and untracked Python files of the checkout are not read."""
        return 0, 0

    def modes(self, paths: Iterable[str]) -> dict[str, str]:
        """The git modes of files that are not plain ones."""
        return {}

    def marked(self, path: str) -> str:
        """Why the repository itself says that a file is not to be edited."""
        return ""

    # ---- what the engine asks --------------------------------------------------------------

    @cached_property
    def _project(self) -> Project:
        paths = sorted({*self.all_paths(), *(p for p, d in self.changed.items() if d is not None)})
        paths = [p for p in paths if self.changed.get(p, b"") is not None]
        texts = self.read(p for p in paths if matches_glob(p, CONFIG_FILES))
        return Project(
            paths=tuple(p for p in paths if p.endswith(PYTHON)),
            others=tuple(sorted(p for p in self.standing(()) if not p.endswith(PYTHON))),
            texts={p: d.decode("utf-8", "replace") for p, d in texts.items()},
            source_roots=self.options.source_roots,
        )

    def project(self) -> Project:
        return self._project

    def search(self, words: Sequence[str], globs: Sequence[str]) -> set[str]:
        found = self._search(words, globs) - self.changed.keys()
        pattern = None if tuple(words) == ALL else word_pattern(tuple(words))
        for path, data in self.changed.items():
            if data is not None and matches_glob(path, globs) and (pattern is None or pattern.search(data)):
                found.add(path)
        if found:
            self.workers.begin()
        return found

    def read(self, paths: Iterable[str]) -> dict[str, bytes]:
        wanted = list(paths)
        found = self._read([p for p in wanted if p not in self.changed])
        return found | {p: d for p in wanted if (d := self.changed.get(p)) is not None}

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Tasks through the cache, the rest through the workers. Files too large to parse never reach a worker."""
        if tasks:
            self.workers.progress.phase(tasks[0].kind, len(tasks))
        keys = dict(zip(map(id, tasks), self.cache.keys(tasks), strict=False))
        known = self.cache.lookup(list(keys.values()))
        fresh: list[Task] = []
        for task in tasks:
            if task.path in self.unreadable:
                yield task, Outcome(code="C001-syntax", reason=f"cannot be read: {self.unreadable[task.path]}")
            elif outcome := known.get(keys.get(id(task), b"")):
                yield task, outcome
            elif len(task.data) > self.options.max_file_size:
                size = f"larger than {self.options.max_file_size / 1e6:g} MB, the limit (max-file-size)"
                yield task, Outcome(code="C008-too-large", reason=size)
            elif task.data.startswith(_LFS):
                yield (
                    task,
                    Outcome(
                        code="C001-syntax",
                        reason="a git LFS pointer; the content is not in the repository",
                    ),
                )
            else:
                fresh.append(task)
        self.workers.progress.advance(len(tasks) - len(fresh))
        answers: dict[bytes, Outcome] = {}
        for task, outcome in self.workers.run(fresh):
            if outcome.crashed:
                self.crashed.add(task.path)
            elif keys:
                answers[keys[id(task)]] = outcome
            yield task, outcome
        self.cache.store(answers)

    def editable(self, path: str) -> str:
        if path not in self._editable:
            self._editable[path] = self._why_not(path)
        return self._editable[path]

    def standing(self, paths: Iterable[str]) -> set[str]:
        found = {*self._standing(), *(p for p, data in self.changed.items() if data is not None)}
        found |= {other for path in paths for other in self._lying(path)}
        return found - {p for p, data in self.changed.items() if data is None}

    def format(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, bytes]:
        if self.options.format == "off" or not after:
            return {}
        from .format import format_files
        from .formatters import CALLERS

        callers = self.read(p for p in self.all_paths() if matches_glob(p, CALLERS))
        texts = {**self.project().texts, **{p: d.decode("utf-8", "replace") for p, d in callers.items()}}
        made = format_files(texts, self._text, before, after, self.cache, self.workers.progress)
        self.remarks.extend(made.refused)
        return dict(made.files)

    def _text(self, path: str) -> str | None:
        data = self.read([path]).get(path)
        return None if data is None else data.decode("utf-8", "replace")

    def minimum_python(self, path: str) -> tuple[int, int] | None:
        return lowest_python(self.project(), path)

    def overlay(self, files: Mapping[str, bytes | None]) -> FileWorld:
        """The same world after a step. Its configuration is read again only where the step may have changed that."""
        if not files:  # the paths of a large repository are not listed for nothing
            return self
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other.changed = self.changed | dict(files)
        known = {*self.all_paths(), *self.changed}
        if any(data is None or path not in known or matches_glob(path, CONFIG_FILES) for path, data in files.items()):
            other.__dict__.pop("_project", None)
        return other

    # ---- limits ----------------------------------------------------------------------------

    @cached_property
    def _editable(self) -> dict[str, str]:
        return {}

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The paths on the command line, relative to the top; "" is everything."""
        if not self.options.paths:
            return ()
        top, known = self.top_of_names, {*self.all_paths()}
        where, describe = self.options.where, self.describe
        return tuple(below_top(self.options.paths, where, top, known, describe, self.why_missing))

    def why_missing(self, path: str) -> str:
        """What a path below the top is, that was named and is none of the files; "" if that is not known."""
        return ""

    def lost_roots(self) -> list[str]:
        """A line for each of the source roots that holds no file: no module's name begins there."""
        roots = {posixpath.normpath(root): root for root in self.options.source_roots}
        lost = [r for n, r in roots.items() if n != "." and not any(p.startswith(f"{n}/") for p in self.all_paths())]
        advice = "correct it where `codemod run NAME --show-settings` says that it stands"
        return [f"source-roots: {quoted(root)} holds no file in {self.describe}; {advice}" for root in lost]

    @property
    def describe(self) -> str:
        return "the project"

    def describe_top(self) -> Path:
        """The folder that paths are relative to."""
        return self.options.where

    @property
    def top_of_names(self) -> Path | None:
        """The folder that named paths are looked for in; None where there is no work tree."""
        return self.describe_top()

    def _why_not(self, path: str) -> str:
        if self.named and not any(n in ("", path) or path.startswith(n + "/") for n in self.named):
            return "not under the paths that were named"
        if path in self.named:
            return ""  # naming a file beats excludes, as in ruff and black
        for pattern in (*self.options.exclude, *self.options.extend_exclude):
            if excluded_by(path, pattern):
                return f"excluded by {pattern}"
        if self.recent is not None and path not in self.recent and path in self.all_paths():
            return f"not changed since {self.options.diff_base}"
        return self.marked(path)


def excluded_by(path: str, pattern: str) -> bool:
    """A pattern with a wildcard is matched against the whole path; a plain one names a file or folder, at any depth."""
    pattern = pattern.strip("/") if not any(c in pattern for c in "*?[") else pattern
    if any(c in pattern for c in "*?["):
        return (
            fnmatchcase(path, pattern)
            or fnmatchcase("/" + path, pattern)
            or fnmatchcase(path.rpartition("/")[2], pattern)
        )
    return f"/{pattern}/" in f"/{path}/"


class CommitWorld(FileWorld):
    """The blobs of one commit."""

    def __init__(self, options: Options, workers: Workers, repository: Repository, commit: str) -> None:
        recent = repository.changed_since(options.diff_base, commit) if options.diff_base else None
        shared = repository.answers or repository.shared_dir
        super().__init__(options, workers, state=repository.state_dir, shared=shared, recent=recent)
        self.repository = repository
        self.commit = commit
        self.base = commit

    def unread(self) -> tuple[int, int]:
        return self.repository.unread(self.commit)

    def modes(self, paths: Iterable[str]) -> dict[str, str]:
        tree = self.repository.tree(self.commit) if paths else {}
        return {p: tree[p].mode for p in paths if p in tree and tree[p].mode != "100644"}

    @cached_property
    def _files(self) -> dict[str, str]:
        """Object ids of regular files: symbolic links and submodules are not for us."""
        tree = self.repository.tree(self.commit)
        return {p: e.oid for p, e in tree.items() if e.mode in REGULAR}

    def all_paths(self) -> Collection[str]:
        return self._files

    def _standing(self) -> Iterable[str]:
        return self.repository.tree(self.commit)

    def _search(self, words: Sequence[str], globs: Sequence[str]) -> set[str]:
        if tuple(words) == ALL:
            return {p for p in self._files if matches_glob(p, globs)}
        specs = [f":(glob){g}" if "/" in g else f":(glob)**/{g}" for g in globs]
        found = self.repository.grep(self.commit, list(words), [], specs)
        return found & self._files.keys() if found else found

    def _read(self, paths: Iterable[str]) -> dict[str, bytes]:
        wanted = [p for p in paths if p in self._files]
        blobs = self.repository.read([self._files[p] for p in wanted], self.options.max_file_size)
        return {p: blobs[self._files[p]] for p in wanted}

    def describe_top(self) -> Path:
        return self.repository.root or self.repository.where

    @property
    def top_of_names(self) -> Path | None:
        return self.repository.root

    @property
    def describe(self) -> str:
        return f"{self.options.base} ({self.commit[:12]})"

    def why_missing(self, path: str) -> str:
        from .missing import why_not_committed

        return why_not_committed(path, self.repository, self.commit, self.options.base)

    @cached_property
    def _attributes(self) -> dict[str, dict[str, str]]:
        paths = [p for p in self._files if p.endswith(PYTHON)]
        return self.repository.attributes(self.commit, paths)

    def marked(self, path: str) -> str:
        for name, value in self._attributes.get(path, {}).items():
            if name == "filter" and value == "lfs":
                return "stored by git LFS"
            if name != "filter" and value not in ("unset", "false"):
                return f"marked {name} in .gitattributes"
        return ""


class FolderWorld(FileWorld):
    """The working tree of a repository, or any folder outside git."""

    def __init__(self, options: Options, workers: Workers, repository: Repository | None) -> None:
        self.repository = repository
        self.top = repository.work_tree(options.where) if repository else options.where
        state, shared = (
            [user_state_dir(self.top)] * 2 if not repository else (repository.state_dir, repository.shared_dir)
        )
        super().__init__(options, workers, state=state, shared=shared, recent=_recent(options, repository))

    @cached_property
    def _files(self) -> set[str]:
        return set(self.repository.working_files() if self.repository else walk(self.top))

    def all_paths(self) -> Collection[str]:
        return self._files

    def _standing(self) -> Iterable[str]:
        return self._files

    def _lying(self, path: str) -> Iterable[str]:
        on_the_way = (f for f in upward(posixpath.dirname(path)) if f and not is_own_folder(self.top / f))
        return [p for p in (path, *on_the_way) if os.path.lexists(self.top / p)]

    def _search(self, words: Sequence[str], globs: Sequence[str]) -> set[str]:
        named = {p for p in self._files if matches_glob(p, globs)}
        if tuple(words) == ALL:
            return named
        pattern = word_pattern(tuple(words))
        limit = self.options.max_file_size  # what was not read of a larger one may hold a word
        texts = ((p, d) for p in named for d in self._read([p]).values())
        return {p for p, d in texts if len(d) > limit or pattern.search(d) or p in self.unreadable}

    def _read(self, paths: Iterable[str]) -> dict[str, bytes]:
        found = {}
        for path in paths:
            if path in self._files:
                try:
                    with (self.top / path).open("rb") as file:
                        found[path] = file.read(self.options.max_file_size + 1)
                except OSError as error:
                    if matches_glob(path, CONFIG_FILES):  # all may hang on it
                        raise UsageError(f"{quoted(path)}: cannot be read: {os_reason(error)}") from None
                    self.unreadable[path], found[path] = os_reason(error), b""
        return found

    def describe_top(self) -> Path:
        return self.top

    @property
    def describe(self) -> str:
        return str(self.top)

    def why_missing(self, path: str) -> str:
        from .missing import why_not_in_folder

        return why_not_in_folder(path, self.top, self._files, self.repository)


def _recent(options: Options, repository: Repository | None) -> set[str] | None:
    """With --diff-base the files of the work tree that differ from there."""
    if repository is None or not options.diff_base:
        return None
    head = repository.head()
    return repository.dirty() | (repository.changed_since(options.diff_base, head) if head else set())
