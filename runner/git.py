"""Read a git repository, whatever its shape, without touching anything of the user's.

Paths are "/"-separated `str` relative to the top of the repository; names that are not UTF-8 are
kept by surrogateescape, so that a path survives the round trip to git's bytes.

Reads start git by `subprocess`: importing GitPython costs 95 ms, and a run that finds nothing
takes little more. `deliver.py` writes, through GitPython's command wrapper.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from . import blobs, disk, programs, stale
from .errors import RunFailed, UsageError
from .trees import TreeEntry, listed, to_bytes, to_path

# Inside a hook, or an alias, these speak of another repository, index or pathspec syntax than the
# folder we were asked about. Authentication, GIT_SSH* and GIT_CONFIG_* stay as they are.
FOREIGN = re.compile(
    "GIT_(DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|PREFIX|OBJECT_DIRECTORY|QUARANTINE_PATH|CONFIG"
    "|ALTERNATE_OBJECT_DIRECTORIES|SHALLOW_FILE|GRAFT_FILE|REPLACE_REF_BASE|IMPLICIT_WORK_TREE"
    "|INTERNAL_SUPER_PREFIX|NAMESPACE|ATTR_SOURCE|(LITERAL|GLOB|NOGLOB|ICASE)_PATHSPECS"
    "|(AUTHOR|COMMITTER)_DATE)"
)
# Replacement refs stay on this machine: what we write must be right where they are not.
SETTINGS = {
    **{"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1"},
    **{"GIT_PAGER": "cat", "LC_ALL": "C", "LANGUAGE": "C"},
}
_GREP = (
    *("-c", "grep.patternType=default", "-c", "grep.extendedRegexp=false"),
    *("-c", "grep.lineNumber=false", "-c", "grep.column=false", "-c", "submodule.recurse=false"),
    *("grep", "--no-color", "--no-recurse-submodules", "-l", "-z", "-F", "--text"),
)
# For writing: no hook sees our temporary index, and no part of it is shared with the user's.
QUIET = (
    *("-c", f"core.hooksPath={os.devnull}", "-c", "core.splitIndex=false"),
    *("-c", "core.fsmonitor=false", "-c", "i18n.commitEncoding=UTF-8", "-c", "core.sparseCheckout=false"),
)
_FETCH = (  # as git itself fetches what is missing, and no more: no hook, no clean-up of the user's repository
    *(*QUIET, "-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags", "--no-auto-maintenance"),
    *("--no-write-fetch-head", "--recurse-submodules=no", "--filter=blob:none", "--stdin"),
)
_EMPTY_TREE = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
_PYTHON = ("*.py", "*.pyi")
_STALE = re.compile("error: object directory .*; check .*/info/alternates")  # all that is needed may be here
_NONE = "not a git repository (or any"  # of the parent directories, up to a mount point
_NO_WORK_TREE = "must be run in a work tree"


class NoRepository(UsageError):
    """There is no repository here or above. Whatever else git says of a folder is no such answer."""


class Answer(NamedTuple):
    """What a git process left behind."""

    code: int
    out: bytes
    error: str


def one_line(error: str) -> str:
    """Fold git's message into one line, without its own "fatal:" and its hints."""
    lines = [line.strip() for line in error.splitlines() if not line.startswith("hint:")]
    text = " ".join(line for line in lines if line)
    return re.sub(r"^(fatal|error): ", "", text) or "git failed without saying why"


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not FOREIGN.fullmatch(name)}
    return kept | SETTINGS


def _run(where: Path, args: Sequence[str], stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Answer:
    command = [b"git", *map(to_bytes, args)]
    full = _environment() | dict(env or {})
    try:
        done = programs.run(command, cwd=where, stdin=stdin, env=full)
    except FileNotFoundError:
        raise UsageError("cannot run git; install git 2.31 or newer and put it on PATH") from None
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def _lines(oids: Iterable[str]) -> bytes:
    return "".join(f"{oid}\n" for oid in oids).encode("ascii")


@dataclass(frozen=True)
class Repository:
    """One repository, asked through git's plumbing; nothing here moves a ref or the user's index."""

    where: Path  # git runs here: the top of the work tree, else the git directory
    root: Path | None  # the top of the work tree; None in a bare repository
    git_dir: Path  # of this work tree alone
    common_dir: Path
    object_format: str  # sha1 or sha256
    is_shallow: bool
    # what git needs in its environment to fetch contents that a partial clone left out
    access: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    # where answers are kept that follow from contents, if not in our own folder here
    answers: Path | None = field(default=None, compare=False)
    _trees: dict[str, dict[str, TreeEntry]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def open(cls, where: Path) -> Repository:
        """Find the repository that holds `where`, upward, as git itself does.

        Raises NoRepository where there is none, UsageError with git's reason where git refuses.
        """
        if not where.exists():
            raise UsageError(f"{where} does not exist")
        folder = where if where.is_dir() else where.parent
        asked = ("--show-object-format", "--is-shallow-repository", "--git-dir", "--git-common-dir")
        answer = _run(folder, ("rev-parse", "--path-format=absolute", *asked, "--show-toplevel"))
        lines = os.fsdecode(answer.out).split("\n")[:-1]
        if len(lines) < 4 and _NONE in answer.error and not (broken := _git_folder_above(folder)):
            raise NoRepository(f"{where} is not inside a git repository; use --in-place to edit files directly")
        if len(lines) < 4 and _NONE in answer.error:
            raise UsageError(f"{broken} is there, and git does not take it for a repository; see: git status")
        if len(lines) not in (4, 5) or (len(lines) == 4 and _NO_WORK_TREE not in answer.error):
            raise UsageError(f"git refuses to open {where}: {one_line(answer.error)}")
        if lines[0] not in _EMPTY_TREE:
            raise UsageError("this git is too old; install git 2.31 or newer")
        git_dir, common_dir, *rest = map(Path, lines[2:])
        if top := _tracked_by(git_dir):
            told = f"its settings and hooks are nobody's but theirs; to work in it: {shlex.join(['git', 'clone', str(git_dir)])}"
            raise UsageError(f"{git_dir} came with the files of {top}: {told}")
        root = rest[0] if rest else None
        if root is not None and not _leads_to(root / ".git", git_dir):
            raise UsageError(f"the work tree of {git_dir} is to be {root}, which is not of it (core.worktree)")
        return cls(root or git_dir, root, git_dir, common_dir, lines[0], lines[1] == "true")

    @classmethod
    def make_bare(cls, path: Path) -> Repository:
        """The bare repository at a path, made where it is missing. Raises RunFailed."""
        answer = _run(path.parent, ("init", "--quiet", "--bare", "--template=", "--", str(path)))
        if answer.code:
            raise RunFailed(one_line(answer.error))
        return cls.open(path)

    def run(self, *args: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Answer:
        """Run a reading command and hand back whatever it said."""
        return _run(self.where, args, stdin, env)

    def ask(self, *args: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> bytes:
        """Run a reading command that has no reason to fail."""
        answer = self.run(*args, stdin=stdin, env=env)
        if answer.code:
            raise RunFailed(one_line(answer.error))
        return answer.out

    def resolve(self, revision: str) -> str | None:
        """Give the id of the commit that `revision` means; None for HEAD before the first commit."""
        if "\0" in revision:
            raise UsageError("a revision cannot hold a NUL character")
        asked = ("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        answer = self.run("-c", "core.warnAmbiguousRefs=true", *asked)
        name = answer.out.decode("ascii", "replace").strip()
        if "is ambiguous" in answer.error and revision != "HEAD":
            advice = "write refs/heads/NAME, refs/tags/NAME or the full commit id"
            raise UsageError(f"revision {revision!r} is ambiguous in {self.where}; {advice}")
        if answer.code == 0 and re.fullmatch("[0-9a-f]{40,64}", name):
            return name
        if revision == "HEAD" and self.run("symbolic-ref", "-q", "HEAD").code == 0:
            return None
        advice = "the clone is shallow, fetch it first" if self.is_shallow else "try: git fetch"
        raise UsageError(f"revision {revision!r} is not a commit in {self.where}; {advice}")

    def head(self) -> str | None:
        """Give the commit that is checked out; None before the first one."""
        return self.resolve("HEAD")

    def tree(self, commit: str) -> dict[str, TreeEntry]:
        """List every path of a commit that git would check out; remembered, so do not change it."""
        if commit not in self._trees:
            self._trees[commit] = listed(self.ask("ls-tree", "-r", "-z", "--full-tree", commit))
        return self._trees[commit]

    def changed_since(self, revision: str, commit: str) -> set[str]:
        """Name the paths added or modified on `commit`'s side since it parted from `revision`."""
        other = self.resolve(revision)
        answer = self.run("merge-base", other, commit) if other else Answer(1, b"", "")
        if answer.code:
            advice = "; deepen the clone: git fetch --unshallow" if self.is_shallow else ""
            raise UsageError(f"{revision!r} and {commit[:12]} share no history{advice}")
        return self._differing(answer.out.decode().strip(), commit)

    def _differing(self, old: str, new: str, *pathspecs: str) -> set[str]:
        options = ("-r", "-z", "--name-only", "--no-renames", "--diff-filter=AMT")
        out = self.ask("diff-tree", *options, old, new, "--", *pathspecs)
        return set(to_path(out).split("\0")[:-1])

    def grep(
        self,
        commit: str,
        words: Sequence[str],
        substrings: Sequence[str],
        pathspecs: Sequence[str],
    ) -> set[str]:
        """Name the files of a commit that hold one of the words, or one of the substrings."""
        if not (words or substrings):
            return set()
        self._prefetch_matching(commit, pathspecs)
        found: set[str] = set()
        for needles, options in ((words, ("-w",)), (substrings, ())):
            if needles:
                answer = self.run(*_GREP, *options, *_patterns(needles), commit, "--", *pathspecs)
                if answer.code > 1 or "error: " in _STALE.sub("", answer.error):  # it skips what it cannot read
                    raise RunFailed(one_line(answer.error))
                names = to_path(answer.out).split("\0")[:-1]
                found.update(name[len(commit) + 1 :] for name in names)
        return found

    def read(self, oids: Iterable[str], most: int = sys.maxsize - 1) -> dict[str, bytes]:
        """Read blobs in one go; in a partial clone the missing ones are fetched together first.

        Of one with more than `most` bytes a byte more than that: a blob of little may unpack to gigabytes.
        """
        wanted = list(dict.fromkeys(oids))
        if not wanted:
            return {}
        self.prefetch(wanted)
        return blobs.contents(self.where, _environment(), wanted, most)

    @cached_property
    def promisor(self) -> str | None:
        """The remote that holds the blobs a partial clone left out; None in a whole clone."""
        if b"promisor" not in (self.common_dir / "config").read_bytes().lower():
            return None  # the usual answer, without starting git
        options = ("-z", "--name-only", "--get-regexp", r"^remote\..*\.promisor$")
        name = os.fsdecode(self.run("config", *options).out).partition("\0")[0]
        return name.removeprefix("remote.").removesuffix(".promisor") or None

    def prefetch(self, oids: Collection[str]) -> None:
        """Fetch all missing blobs in one request; git alone would ask for them one by one."""
        if self.promisor is None or not oids:
            return
        asked = ("rev-list", "--objects", "--no-walk", "--missing=print", "--ignore-missing")
        here = set(self.ask(*asked, "--stdin", stdin=_lines(oids)).decode("ascii").split())
        missing = [oid for oid in oids if oid not in here]
        if missing:
            answer = self.run(*_FETCH, "--", self.promisor, stdin=_lines(missing), env=self.access)
            if answer.code:
                why = one_line(answer.error)
                raise RunFailed(f"cannot fetch file contents from {self.promisor}: {why}")

    def _prefetch_matching(self, commit: str, pathspecs: Sequence[str]) -> None:
        if self.promisor is not None:
            tree = self.tree(commit)
            paths = self._differing(_EMPTY_TREE[self.object_format], commit, *pathspecs)
            self.prefetch({tree[p].oid for p in paths if p in tree and tree[p].mode != "160000"})

    def attributes(
        self,
        commit: str,
        paths: Collection[str],
        names: Sequence[str] = ("linguist-generated", "linguist-vendored", "filter"),
    ) -> dict[str, dict[str, str]]:
        """Say what the commit's .gitattributes set for these paths; paths without any are left out."""
        told = any(path.rpartition("/")[2] == ".gitattributes" for path in self.tree(commit))
        local = self.common_dir / "info" / "attributes"
        if not paths or not (told or local.exists()):
            return {}
        with self.scratch() as folder:  # `check-attr --source` came after git 2.39
            index = {"GIT_INDEX_FILE": str(folder / "index")}
            self.ask(*QUIET, "read-tree", commit, env=index)
            lines = b"".join(to_bytes(path) + b"\0" for path in paths)
            asked = (*QUIET, "check-attr", "--cached", "-z", "--stdin", *names)
            out = self.ask(*asked, stdin=lines, env=index)
        fields = to_path(out).split("\0")[:-1]
        found: dict[str, dict[str, str]] = {}
        for path, name, value in zip(fields[::3], fields[1::3], fields[2::3], strict=True):
            if value != "unspecified":
                found.setdefault(path, {})[name] = value
        return found

    def unread(self, commit: str) -> tuple[int, int]:
        """Count the modified and the untracked Python files of the work tree that the commit does not hold.

        What differs between HEAD and the commit alone is not counted: the checkout is clean there.
        """
        if self.root is None:
            return 0, 0
        entries = self._status(*_PYTHON)
        modified = {entry[3:] for entry in entries if not entry.startswith("??")}
        untracked = len(entries) - len(modified)
        if modified and commit != self.head():
            shape = ("--name-only", "-z", "--no-renames", "--no-ext-diff")
            out = self.ask("diff", *shape, commit, "--", *_PYTHON)
            modified.intersection_update(to_path(out).split("\0"))
        return len(modified), untracked

    def dirty(self) -> set[str]:
        """Name the paths whose content in the work tree is not that of HEAD, untracked ones included."""
        return {entry[3:] for entry in self._status()}

    def _status(self, *pathspecs: str) -> list[str]:
        options = ("-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=all")
        out = self.ask("status", "--porcelain=v1", *options, "--", *pathspecs)
        return to_path(out).split("\0")[:-1]

    def working_files(self) -> list[str]:
        """List the regular files of the work tree that git tracks or would offer to add."""
        assert self.root is not None, "see work_tree"
        out = to_path(self.ask("ls-files", "-z", "--cached", "--others", "--exclude-standard"))
        return disk.plain_files(self.root, sorted(set(out.split("\0")[:-1])))

    def untracked(self) -> list[str]:
        """List what lies in the work tree and not in the index, ignored or not; nothing where there is no work tree."""
        return to_path(self.ask("ls-files", "-z", "--others")).split("\0")[:-1] if self.root else []

    @property
    def nothing(self) -> str:
        """The id that git means "there is none" by."""
        return "0" * (64 if self.object_format == "sha256" else 40)

    @property
    def state_dir(self) -> Path:
        """Where plans and what undo needs live: each work tree has its own. Nothing is made here."""
        return disk.state_below(self.git_dir)

    @property
    def shared_dir(self) -> Path:
        """Where that lives which depends on blobs alone, and temporary files; nothing is made here."""
        return disk.state_below(self.common_dir)

    def work_tree(self, where: Path) -> Path:
        """The top of the work tree that one stands in. Raises UsageError where there is none."""
        if self.root is None:
            raise UsageError(f"{where} has no work tree: it is a git directory or a bare repository")
        if not where.resolve().is_relative_to(self.root.resolve()):
            raise UsageError(f"{where} is outside of its work tree {self.root}; go there first")
        return self.root

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Path]:
        """Lend a folder for temporary files. Raises RunFailed when there can be none."""
        stale.sweep(self.common_dir, self.shared_dir / "tmp")
        with disk.scratch(self.shared_dir) as folder:
            yield folder


def _tracked_by(git_dir: Path) -> Path | None:
    """The work tree that tracks a git directory as files of its own; git itself never adds one named `.git`."""
    if git_dir.name == ".git" or (above := _git_folder_above(git_dir.parent)) is None:
        return None
    top = above.parent
    if not git_dir.is_relative_to(top):
        return None
    inside = f":(top,literal){git_dir.relative_to(top).as_posix()}/HEAD"
    return top if _run(top, ("ls-files", "--error-unmatch", "--", inside)).code == 0 else None


def _leads_to(place: Path, git_dir: Path) -> bool:
    """Whether the `.git` of a work tree is its git directory, or the file that names that."""
    try:
        if place.is_dir():
            return place.samefile(git_dir)
        told = os.fsdecode(disk.read_own(place.resolve())).removeprefix("gitdir:").strip()
        return (place.parent / told).samefile(git_dir)
    except OSError:
        return False


def _git_folder_above(folder: Path) -> Path | None:
    """A `.git` that git passes over without a word, such as one it may not read: then its rules hold no more.

    Searched as far as git searches: not beyond the filesystem or GIT_CEILING_DIRECTORIES.
    """
    here = folder.resolve()
    ceilings = {os.path.realpath(c) for c in os.environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep) if c}
    for place in (here, *here.parents):
        if place.stat().st_dev != here.stat().st_dev or (place != here and str(place) in ceilings):
            break
        if os.path.lexists(place / ".git"):
            return place / ".git"
    return None


def _patterns(needles: Sequence[str]) -> list[str]:
    """The needles for git's grep: it looks for each fixed text by itself, at a cost that grows with their number, and for
    an expression in one go. Of names alone each match is the whole word or none, in whatever order they are tried."""
    if len(needles) > 3 and all(needle.isascii() and needle.isidentifier() for needle in needles):
        return ["-E", "-e", "|".join(needles)]
    return [part for needle in needles for part in ("-e", needle)]
