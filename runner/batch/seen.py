"""What there is of a batch already: the branches at the remote, whose they are, and their pull requests.

Nothing of it is remembered: refs and the forge are asked each time, so that it is true after any failure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..forges.values import Forge, PullRequest, State
from ..git import Repository
from ..trees import to_path
from .remote import Remote

HOLD = "codemod:hold"  # a label: leave this pull request alone
# a label: it stands for its files. Anybody may write the marker, labels are set by who may write
ADOPTED = "codemod:adopted"
_ADOPTED = "adopted-"
# on a line of its own: within code that a body shows there may be another
_MARKER = re.compile(r"^<!-- codemod:(?P<batch>[^/\s]+)/(?P<key>\S+) plan=(?P<plan>[0-9a-f]+) -->\r?$", re.M)
_TRAILERS = ("Codemod-Batch", "Codemod-Item", "Codemod-Plan")
_FORMAT = "%x00".join(["%m", "%H", "%P", "%ct", "%at", *(f"%(trailers:key={name},valueonly)" for name in _TRAILERS)])
_FIELDS = 8


@dataclass(frozen=True)
class Seen:
    """What there is of one item."""

    key: str
    branch: str
    tip: str | None = None  # of the branch at the remote; None where there is none
    ours: bool = False  # all its commits are as a batch makes them
    made_by: str = ""  # the plan that its last commit is of
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # what it changes: path → mode and blob id now
    pull: PullRequest | None = None  # the open one, else the newest
    adopted: bool = False  # somebody else has opened it: it is only counted and waited for

    @property
    def state(self) -> State | None:
        return self.pull.state if self.pull else None

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN

    @property
    def is_fixed(self) -> bool:
        """Whether it is a person's now: no other files join it."""
        held = self.pull is not None and HOLD in self.pull.labels
        return held or self.adopted or self.state is State.CLOSED or (self.tip is not None and not self.ours)

    @property
    def plan(self) -> str:
        """The plan that the body of its pull request tells of, "" where a person has written another."""
        found = marker(self.pull.body) if self.pull else None
        return found["plan"] if found else ""


def listing(forge: Forge | None, batch: str, since: float = 0.0) -> list[PullRequest]:
    """All pull requests of a batch, in every state, that were made after `since` (seconds since 1970).

    Raises ForgeFailed.

    It comes before the base is fetched: what is merged here is in the base that is fetched then, so that no change
    comes twice.
    """
    found = forge.pull_requests("", since) if forge else ()
    prefix = f"codemod/{batch}/"
    # a branch of that name in a fork is a stranger's
    return [p for p in found if (p.same_repository and p.branch.startswith(prefix)) or _is_adopted(p, batch, forge)]


def adoption(batch: str, number: int) -> str:
    """The marker of a pull request that somebody else has opened, and that stands for an item."""
    return f"<!-- codemod:{batch}/{_ADOPTED}{number} plan=00000000 -->"


def _is_adopted(pull: PullRequest, batch: str, forge: Forge | None) -> bool:
    if forge is None or pull.state is not State.OPEN or adoption(batch, pull.number) not in pull.body:
        return False
    return ADOPTED in pull.labels if forge.capabilities.labels else pull.same_repository


def look(
    remote: Remote, forge: Forge | None, batch: str, base: str, listed: Iterable[PullRequest], into: str = ""
) -> dict[str, Seen]:
    """All items that the remote or the forge knows of, by their keys. `base` is a commit, `into` the branch it is of.

    Raises ForgeFailed, RunFailed.
    """
    prefix = f"codemod/{batch}"
    tips = remote.branches(prefix)
    pulls = dict[str, list[PullRequest]]()
    found = {}
    for each in listed:
        if forge and _is_adopted(each, batch, forge):
            files = dict.fromkeys(forge.files(each.number), ("", ""))
            key = f"{_ADOPTED}{each.number}"
            found[key] = Seen(key=key, branch=each.branch, files=files, pull=each, adopted=True)
        else:
            pulls.setdefault(each.branch, []).append(each)
    for branch in sorted({*tips, *pulls}):
        key, pull = branch.removeprefix(f"{prefix}/"), _counting(pulls.get(branch, ()), into)
        tip = tips.get(branch)
        one = Seen(key=key, branch=branch, tip=tip, pull=pull)
        if tip:
            one = _with_branch(one, remote.repository, batch, base, tip)
        if pull is not None and pull.state is State.CLOSED and not one.files and forge:
            one = replace(one, files=dict.fromkeys(forge.files(pull.number), ("", "")))
        found[key] = one
    return found


def marker(body: str) -> Mapping[str, str] | None:
    """What the last marker of a body says: its batch, key and plan."""
    found = [*_MARKER.finditer(body)]
    return found[-1].groupdict() if found else None


def marked(body: str, plan: str) -> str:
    """The body with a marker that tells of another plan."""
    return _MARKER.sub(lambda found: f"<!-- codemod:{found['batch']}/{found['key']} plan={plan} -->", body)


def _counting(pulls: Iterable[PullRequest], into: str) -> PullRequest | None:
    """Of several for one branch those count that go where the batch goes: somebody may bring it elsewhere too.

    Of these the open one, else the newest.
    """
    return max(pulls, key=lambda pull: (pull.base == into, pull.state is State.OPEN, pull.number), default=None)


def is_ours(repo: Repository, batch: str, key: str, base: str, tip: str) -> bool:
    """Whether a batch has made all the commits of a branch."""
    return _are_ours(_without_updates(repo, base, list(_commits(repo, base, tip))), batch, key)


def _with_branch(one: Seen, repo: Repository, batch: str, base: str, tip: str) -> Seen:
    """Whose the commits of the branch are, and the files that they change."""
    found = list(_commits(repo, base, tip))
    commits = _without_updates(repo, base, found)
    ours = _are_ours(commits, batch, one.key)
    as_made = ours and len(commits) == len(found)
    start = _own(commits)[-1].parents[0] if as_made else _merge_base(repo, base, tip)
    files = _changed(repo, start, tip) if start else {}
    return replace(one, ours=ours, files=files, made_by=_own(commits)[0].plan if ours else "")


def _own(commits: Sequence[_Commit]) -> list[_Commit]:
    return [commit for commit in commits if not commit.boundary]


def _are_ours(commits: Sequence[_Commit], batch: str, key: str) -> bool:
    mine = _own(commits)
    below = next((c for c in commits if c.boundary and mine and c.oid in mine[-1].parents), None)
    if not mine or below is None or not all((c.batch, c.key, len(c.parents)) == (batch, key, 1) for c in mine):
        return False
    # a person who amends or rebases leaves a date of their own
    dates = [(c.committed - below.committed, c.written - below.committed) for c in reversed(mine)]
    return dates == [(step, step) for step in range(1, len(mine) + 1)]


def _without_updates(repo: Repository, base: str, commits: Sequence[_Commit]) -> list[_Commit]:
    """Without the merges on top that bring the base and nothing else: a forge's "Update branch" makes them."""
    mine = _own(commits)
    updates = 0
    while updates < len(mine) and _only_updates(repo, base, mine[updates]):
        updates += 1
    gone = {commit.oid for commit in mine[:updates]}
    return [commit for commit in commits if commit.oid not in gone]


def _only_updates(repo: Repository, base: str, commit: _Commit) -> bool:
    if len(commit.parents) != 2 or repo.run("merge-base", "--is-ancestor", commit.parents[1], base).code:
        return False
    merged = repo.run("merge-tree", "--write-tree", *commit.parents)  # what git makes of it by itself
    tree = repo.run("rev-parse", "--verify", f"{commit.oid}^{{tree}}")
    return merged.code == 0 and merged.out == tree.out


@dataclass(frozen=True)
class _Commit:
    boundary: bool
    oid: str
    parents: Sequence[str]
    committed: int  # seconds since 1970
    written: int
    batch: str
    key: str
    plan: str


def _commits(repo: Repository, base: str, tip: str) -> Iterator[_Commit]:
    """Those of `tip` that `base` does not have, newest first, and where they begin."""
    options = ("-z", "--boundary", "--topo-order", "--no-show-signature", f"--format={_FORMAT}%x00")
    out = to_path(repo.ask("log", *options, "--end-of-options", f"{base}..{tip}"))
    fields = out.split("\0")
    for at in range(0, len(fields) - _FIELDS, _FIELDS + 1):
        mark, oid, parents, committed, written, batch, key, plan = fields[at : at + _FIELDS]
        yield _Commit(
            boundary=mark == "-",
            oid=oid,
            parents=parents.split(),
            committed=int(committed),
            written=int(written),
            batch=batch.strip(),
            key=key.strip(),
            plan=plan.strip(),
        )


def _merge_base(repo: Repository, base: str, tip: str) -> str | None:
    answer = repo.run("merge-base", base, tip)
    return None if answer.code else answer.out.decode("ascii").strip()


def _changed(repo: Repository, old: str, new: str) -> dict[str, tuple[str, str]]:
    """The paths that differ between two commits, with their mode and blob in the second: "" for one that is gone."""
    out = to_path(repo.ask("diff-tree", "-r", "-z", "--no-renames", old, new, "--"))
    fields = out.split("\0")[:-1]
    found = {}
    for facts, path in zip(fields[::2], fields[1::2], strict=True):
        _, mode, _, oid, status = facts.split(" ")
        found[path] = ("", "") if status == "D" else (mode, oid)
    return found


def held(seen: Collection[Seen]) -> dict[str, tuple[str, ...]]:
    """The files that stay with each item that there is; a merged one holds none, and its key is taken."""
    return {one.key: () if one.state is State.MERGED else tuple(sorted(one.files)) for one in seen}
