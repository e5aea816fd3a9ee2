"""Write into a git repository, through GitPython's command wrapper: what moves a ref, what imports contents."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import RunFailed
from .git import FOREIGN, QUIET, SETTINGS, Repository, one_line

if TYPE_CHECKING:
    from git import Git


@cache
def _wrapper(where: Path) -> Git:
    from git import Repo  # 95 ms that only a delivery pays

    return Repo(where, expand_vars=False).git


@contextlib.contextmanager
def _without_foreign() -> Iterator[None]:
    """Hide foreign variables from GitPython, which adds to `os.environ` but takes nothing away."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if FOREIGN.fullmatch(name)}
    try:
        yield
    finally:
        os.environ.update(hidden)


def write(
    repo: Repository,
    *args: str,
    stdin: Iterable[bytes] = (),
    env: Mapping[str, str] | None = None,
    visible: bool = False,
    whole: bool = False,
) -> str:
    """Run a writing command. The visible one moves the ref, and hooks see it.

    One that must come to its end runs in a session of its own: no signal to our process group may stop git
    between taking a lock and giving it back, or in the middle of a pack.
    """
    with _without_foreign(), tempfile.TemporaryFile() as feed:
        feed.writelines(stdin)
        feed.seek(0)
        code, out, error = _wrapper(repo.where).execute(
            ["git", *(() if visible else QUIET), *args],
            istream=feed,
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            env={**SETTINGS, **(env or {})},
            start_new_session=visible or whole,
        )
    if code or "Ignoring path" in str(error):  # update-index drops paths it dislikes, and exits 0
        raise RunFailed(one_line(str(error)))
    return out.decode("ascii", "replace").strip()


def fast_import(repo: Repository, scratch: Path, commands: Iterable[bytes]) -> dict[int, str]:
    """Run one `git fast-import`, and give the ids of its marks. Raises RunFailed."""
    marks = scratch / "marks"
    stream = itertools.chain([b"feature done\n"], commands, [b"done\n"])
    try:
        write(repo, "fast-import", "--quiet", f"--export-marks={marks}", stdin=stream, whole=True)
    except RunFailed as error:  # a full disk, say: its report about that would stay in the git directory
        for report in re.findall(r"fast_import_crash_\d+", str(error)):
            (repo.git_dir / report).unlink(missing_ok=True)
        raise RunFailed(re.sub(r" fast-import: dumping crash report to \S+", "", str(error))) from None
    lines = (line.split(" ") for line in marks.read_text("ascii").splitlines())
    return {int(mark[1:]): oid for mark, oid in lines}


def blob(mark: int, content: bytes) -> bytes:
    """The command that makes a blob."""
    return b"blob\nmark :%d\ndata %d\n%b\n" % (mark, len(content), content)
