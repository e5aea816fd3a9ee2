"""A worktree of one commit in which changes are tried: it follows from one set of them to the next."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from codemods.engine.world import matches_glob

from .. import disk, signals, stale
from ..errors import CodemodError, RunFailed, UsageError, VerifyFailed, os_reason
from ..git import QUIET, Repository, one_line
from ..terminal import quoted
from ..trees import to_bytes, to_path

_NO_SMUDGE = {"GIT_LFS_SKIP_SMUDGE": "1"}


@dataclass
class Worktree:
    """A checkout of `base` with some contents replaced. `top` is its folder, `scratch` one for what is not of it."""

    repository: Repository
    base: str
    top: Path
    scratch: Path
    copied: tuple[str, ...] = ()  # untracked files of the checkout
    _changed: dict[str, bytes | None] = field(default_factory=dict)
    _original: dict[str, tuple[bytes, int] | None] = field(default_factory=dict)  # content and mode on the base
    _stamps: dict[str, int] = field(default_factory=dict)  # when we wrote a file, as it stands in its stat
    _clock: int = field(default_factory=lambda: int(time.time()))
    _others: frozenset[str] = frozenset()

    def hold(self, files: Mapping[str, bytes | None]) -> None:
        """Make the worktree the base with these files in it, whatever was there before. Raises VerifyFailed."""
        try:
            self._hold(files)
        except (RunFailed, OSError) as error:
            why = os_reason(error) if isinstance(error, OSError) else str(error)
            told = f"the worktree that the command runs in cannot be used: {why}"
            if not (self.top / ".git").exists():
                told = "the command has removed the worktree that it runs in"
            raise VerifyFailed(f"{told}; nothing was delivered") from None

    def _hold(self, files: Mapping[str, bytes | None]) -> None:
        self._tidy()
        wanted: dict[str, bytes | None] = dict(files)
        for path in disk.leaving(self.top, wanted):
            raise RunFailed(f"{quoted(path)}: behind a symbolic link, or no place for a file of the project")
        for path in self._changed.keys() - wanted.keys():
            was = self._original[path]
            wanted[path] = was[0] if was else None
        self._clock += 1
        for path in sorted(path for path, content in wanted.items() if content is None):
            self._remember(path)
            self._delete(path)
        for path, content in wanted.items():
            if content is not None and not self._stands(path, content):
                self._remember(path)
                self._write(path, content)
        self._changed = dict(files)

    def settle(self) -> None:
        """What is there now beside the tracked files was made on purpose: `hold` leaves it alone."""
        self._others = self._untracked()

    def _stands(self, path: str, content: bytes) -> bool:
        """Whether a file is as we wrote it last, and that is the content."""
        if self._changed.get(path) != content or path not in self._stamps:
            return False
        with contextlib.suppress(OSError):
            known = (self.top / path).lstat()
            return (known.st_mtime_ns, known.st_size) == (self._stamps[path], len(content))
        return False

    def _remember(self, path: str) -> None:
        if path not in self._original:
            place = self.top / path
            there = os.path.lexists(place)
            self._original[path] = (place.read_bytes(), place.stat().st_mode & 0o777) if there else None

    def _write(self, path: str, content: bytes) -> None:
        """Write a file with a time that it never had: compiled code is known by the second and the size alone."""
        place = self.top / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            place.unlink()
        place.write_bytes(content)
        was = self._original.get(path)
        if was:
            place.chmod(was[1])
        self._stamp(path)

    def _stamp(self, path: str) -> None:
        nanoseconds = self._clock * 1_000_000_000
        os.utime(self.top / path, ns=(nanoseconds, nanoseconds))
        self._stamps[path] = nanoseconds

    def _delete(self, path: str) -> None:
        place = self.top / path
        with contextlib.suppress(FileNotFoundError):
            place.unlink()
        self._stamps.pop(path, None)
        with contextlib.suppress(OSError):  # a folder that holds only compiled code is one that git would not have
            for folder in place.parents:
                if folder == self.top:
                    break
                if [entry.name for entry in folder.iterdir()] == ["__pycache__"]:
                    shutil.rmtree(folder / "__pycache__", ignore_errors=True)
                folder.rmdir()

    def _tidy(self) -> None:
        """Take back what the command did to tracked files, and what it left that git would offer to add."""
        modified = set(
            to_path(self._git("diff-files", "-z", "--name-only", "--ignore-submodules=all")).split("\0")[:-1]
        )
        lost = sorted(path for path in modified - self._changed.keys() if not self._is_ours(path))
        if lost:
            self._clock += 1
            self._git("checkout-index", "-f", "-z", "--stdin", stdin=b"".join(to_bytes(p) + b"\0" for p in lost))
            for path in lost:
                if (self.top / path).is_file() and not (self.top / path).is_symlink():
                    self._stamp(path)
        for path in sorted(self._untracked() - self._others - self._changed.keys(), reverse=True):
            place = self.top / path
            with contextlib.suppress(OSError):
                shutil.rmtree(place) if path.endswith("/") else place.unlink()

    def _is_ours(self, path: str) -> bool:
        """Whether a file that git takes for modified was written back by us: only its time is another."""
        with contextlib.suppress(OSError):
            return path in self._stamps and (self.top / path).lstat().st_mtime_ns == self._stamps[path]
        return False

    def _untracked(self) -> frozenset[str]:
        listed = self._git("ls-files", "-z", "--others", "--exclude-standard", "--directory")
        return frozenset(path for path in to_path(listed).split("\0")[:-1] if "__pycache__/" not in path)

    def _git(self, *args: str, stdin: bytes = b"") -> bytes:
        here = ("-c", "submodule.recurse=false", "-C", str(self.top))
        answer = self.repository.run(*QUIET, *here, *args, stdin=stdin, env=_NO_SMUDGE)
        if answer.code:
            raise RunFailed(one_line(answer.error))
        return answer.out


@contextlib.contextmanager
def worktree(repository: Repository, base: str, copies: Sequence[str] = ()) -> Iterator[Worktree]:
    """Lend a worktree of a commit; what killed runs left is removed first. Raises VerifyFailed when there can be none."""
    shelf = repository.shared_dir / "tmp"
    stale.sweep(repository.common_dir, shelf)
    with contextlib.ExitStack() as stack:
        try:
            scratch = stack.enter_context(repository.scratch())
            made = _add(repository, base, scratch, stack)
            _copy(repository, made, copies)
        except (CodemodError, OSError) as error:
            if isinstance(error, UsageError | VerifyFailed):
                raise
            why = os_reason(error) if isinstance(error, OSError) else str(error)
            raise VerifyFailed(f"cannot make a worktree to verify in: {why}; nothing was delivered") from None
        yield made


def _add(repository: Repository, base: str, scratch: Path, stack: contextlib.ExitStack) -> Worktree:
    name = repository.root.name if repository.root else "tree"  # some tests look at it
    top = scratch / name
    stack.callback(_remove, repository, scratch)
    made = Worktree(repository=repository, base=base, top=top, scratch=scratch)
    add = ("worktree", "add", "--quiet", "--detach", "--no-checkout", "--", str(top), base)
    answer = repository.run(*QUIET, *add, env=_NO_SMUDGE)
    if answer.code:
        raise RunFailed(one_line(answer.error))
    reason = f"codemod verifies changes here (process {os.getpid()})"
    repository.run(*QUIET, "worktree", "lock", "--reason", reason, "--", str(top))
    made._git("reset", "--hard", "--quiet", base)
    return made


def _remove(repository: Repository, scratch: Path) -> None:
    """Git is not asked: when we are told to end no program is started any more."""
    with signals.together():
        for entry, folder in stale.entries(repository.common_dir, scratch.parent):
            if folder == scratch.resolve():
                stale.remove(entry, folder)


def _copy(repository: Repository, made: Worktree, globs: Sequence[str]) -> None:
    """Copy untracked files of the checkout, as the user asked: never over a tracked one, never through a link."""
    if not globs or repository.root is None:
        return
    chosen = [path for path in repository.untracked() if matches_glob(path, globs)]
    found = disk.plain_files(repository.root, chosen)
    tracked = repository.tree(made.base)
    for glob in globs:
        if not any(matches_glob(path, [glob]) for path in found):
            raise UsageError(f"--verify-copy {quoted(glob)}: no untracked file of {repository.root} is called so")
    made.copied = tuple(sorted(set(found) - tracked.keys()))
    for path in made.copied:
        target = made.top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(repository.root / path, target)
