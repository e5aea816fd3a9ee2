"""The names of branches, what they point at, and where they are checked out."""

from __future__ import annotations

from .errors import UsageError
from .git import Repository
from .trees import to_path


def check_branch_name(repo: Repository, name: str) -> None:
    """Refuse what git would not take as a branch, and what it would take for something else."""
    if name and not name.startswith(("-", "refs/")) and name != "@" and "\0" not in name:
        answer = repo.run("check-ref-format", "--branch", name)  # expands @{-1}: compare
        if answer.code == 0 and to_path(answer.out) == name + "\n":
            return
    raise UsageError(f"{name!r} cannot be a branch name; choose another with --branch NAME")


def find_branch(repo: Repository, branch: str) -> str | None:
    """Give what the branch points at; refuse a name that git could not create beside the others."""
    ref = f"refs/heads/{branch}"
    first = "refs/heads/" + branch.partition("/")[0]
    listing = repo.ask("for-each-ref", "--format=%(refname) %(objectname) %(symref)", first)
    found = None
    for line in to_path(listing).split("\n")[:-1]:
        name, oid, target = line.split(" ")
        if name == ref and target:
            raise UsageError(f"branch {branch} only stands for {target}; choose another (--branch)")
        if name == ref:
            found = oid
        elif name.startswith(f"{ref}/") or ref.startswith(f"{name}/"):
            other = name.removeprefix("refs/heads/")
            why = f"git cannot hold branch {branch} beside the existing {other}"
            raise UsageError(f"{why}; choose another with --branch OTHER")
    return found


def refuse_checked_out(repo: Repository, branch: str) -> None:
    """Raise UsageError for a branch that a work tree has checked out: it would look modified."""
    if place := checked_out(repo).get(branch):
        advice = "switch that to another branch or choose another name with --branch OTHER"
        raise UsageError(f"branch {branch} is checked out in {place}; {advice}")


def checked_out(repo: Repository) -> dict[str, str]:
    """The branches that are checked out, and the work tree of each."""
    place, found = "", {}
    for line in to_path(repo.ask("worktree", "list", "--porcelain")).split("\n"):
        if line.startswith("worktree "):
            place = line.removeprefix("worktree ")
        elif line.startswith("branch refs/heads/"):
            found[line.removeprefix("branch refs/heads/")] = place
    return found
