"""Whose work a branch holds that is there already, in words that say what --force would do."""

from __future__ import annotations

import re
import shlex

from .git import Repository, to_path
from .message import plural

_OURS = re.compile(r"^Codemod: .+\nCodemod-Plan: [0-9a-f]{64}$", re.MULTILINE)
_SEEN = 100  # commits looked at


def refusal(repo: Repository, branch: str, tip: str, base: str) -> str:
    """Why a branch is not replaced without being told to.

    Commits of ours carry our trailers. One that was amended or rebased since has another committer date
    than author date: we write both alike.
    """
    commits = _above(repo, tip, base)
    others = next((n for n, (_, ours, _) in enumerate(commits) if ours), len(commits))  # on top of ours
    touched = any(ours and not untouched for _, ours, untouched in commits)
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
        ours = next((n for n, (_, mine, _) in enumerate(commits) if not mine), len(commits))
        root = to_path(repo.run("rev-parse", "-q", "--verify", f"{commits[ours - 1][0]}^").out).strip()
        what = f"holds codemod's own work {_from(repo, root, base)}"
        force = "--force renews it"
    return (
        f"branch {branch} exists and {what}; {force}; or delete it with `git branch -D {name}`, "
        "or choose another with --branch OTHER"
    )


def _from(repo: Repository, root: str, base: str) -> str:
    if root == base:
        return "from this base, with other options or from another version"
    older = repo.run("merge-base", "--is-ancestor", root, base).code == 0
    return f"from {'an older' if older else 'another'} base ({root[:12]})"


def _above(repo: Repository, tip: str, base: str) -> list[tuple[str, bool, bool]]:
    """The branch's own commits, the last first: id, whether it is ours, whether it is as we wrote it."""
    asked = ("log", "-z", "--no-show-signature", "--first-parent", f"--max-count={_SEEN}", "--format=%H %at %ct%n%B")
    out = to_path(repo.ask(*asked, tip, f"^{base}"))
    commits = []
    for entry in filter(None, out.split("\0")):
        head, _, message = entry.partition("\n")
        oid, written, committed = head.split()
        commits.append((oid, bool(_OURS.search(message)), written == committed))
    return commits
