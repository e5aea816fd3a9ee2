"""Whose work a branch holds that is there already, in words that say what --force would do."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

from .git import Repository
from .message import plural
from .trees import to_path

_OURS = re.compile(r"^Codemod(: .+\nCodemod-Plan|-Plan|-Undo): [0-9a-f]{64}$", re.MULTILINE)
_SEEN = 100  # commits looked at


@dataclass(frozen=True)
class _Above:
    oid: str
    ours: bool
    untouched: bool  # as we wrote it
    author: str


def refusal(repo: Repository, branch: str, tip: str, base: str, author: str) -> str:
    """Why a branch is not replaced without being told to.

    Commits of ours carry our trailers. One that was amended or rebased since has another committer date
    than author date: we write both alike.
    """
    commits = _above(repo, tip, base)
    others = next((n for n, commit in enumerate(commits) if commit.ours), len(commits))  # on top of ours
    touched = any(commit.ours and not commit.untouched for commit in commits)
    name = shlex.quote(branch)
    force = "--force replaces it"
    if not commits:
        what = f"holds nothing that {base[:12]} does not, it is merged or new"
    elif others == len(commits):
        what = f"holds other work ({tip[:12]})"
    elif others:
        what = f"holds codemod's own work with {plural(others, 'commit')} of others above ({tip[:12]})"
        force = "--force loses them" if others > 1 else "--force loses it"
    elif touched:
        what = f"holds codemod's own work, amended or rebased since ({tip[:12]})"
        force = "--force loses what was done to it"
    else:
        ours = next((n for n, commit in enumerate(commits) if not commit.ours), len(commits))
        root = to_path(repo.run("rev-parse", "-q", "--verify", f"{commits[ours - 1].oid}^").out).strip()
        what = f"holds codemod's own work {_from(repo, root, base, None if commits[0].author == author else commits[0].author)}"
        force = "--force renews it"
    return (
        f"branch {branch} exists and {what}; {force}; or delete it with `git branch -D {name}`, "
        "or choose another with --branch OTHER"
    )


def _from(repo: Repository, root: str, base: str, other: str | None) -> str:
    if root == base:
        why = "with other options or from another version" if other is None else f"by another author ({other})"
        return f"from this base, {why}"
    older = repo.run("merge-base", "--is-ancestor", root, base).code == 0
    return f"from {'an older' if older else 'another'} base ({root[:12]})"


def _above(repo: Repository, tip: str, base: str) -> list[_Above]:
    """The branch's own commits, the last first."""
    asked = (
        "log",
        "-z",
        "--no-show-signature",
        "--first-parent",
        f"--max-count={_SEEN}",
        "--format=%H %at %ct %an <%ae>%n%B",
    )
    out = to_path(repo.ask(*asked, tip, f"^{base}"))
    commits = []
    for entry in filter(None, out.split("\0")):
        head, _, message = entry.partition("\n")
        oid, written, committed, author = head.split(" ", 3)
        commits.append(
            _Above(oid=oid, ours=bool(_OURS.search(message)), untouched=written == committed, author=author)
        )
    return commits
