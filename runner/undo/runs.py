"""The runs that made a branch: those on record here, and those that only their commits' trailers tell of.

A record may have come with the repository, or be damaged: what it says is checked for its form here, and its commits
must carry the trailer of its plan before anything is done to a branch.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from ..disk import own_folder, read_own, write_atomically
from ..errors import UsageError
from ..git import Repository
from ..trees import to_path
from .records import BRANCH, claim, numbers

SCHEMA = 1
KEPT = 50  # runs
_LARGEST = 1_000_000  # bytes of a record
_UNFINISHED = "unfinished"  # there while the branch is taken away
_OID = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_PLAN = re.compile(r"^[ \t>*]*Codemod-Plan: ([0-9a-f]{64})[ \t]*$", re.MULTILINE)  # a squash indents what it quotes
_STEP = re.compile(r"^[ \t>*]*Codemod: (\S+) ", re.MULTILINE)
_SEEN = 100  # commits of others looked through above ours


@dataclass(frozen=True)
class BranchRun:
    """One run that made commits: whose plan, where, and what the branch held before under --force."""

    plan: str
    name: str
    branch: str  # "" where none is known
    base: str
    commits: tuple[str, ...]
    replaced: str | None = None
    when: int = 0
    folder: Path | None = None  # the record
    rewritten: bool = False  # only as a rebase or a squash left it, with whatever else that holds

    @property
    def tip(self) -> str:
        return self.commits[-1]

    @property
    def run(self) -> str:
        """What `codemod undo` takes for it."""
        return self.folder.name if self.folder else self.plan[:12]

    def __str__(self) -> str:
        return f"run {self.run} ({self.name})"


# ---- on record ---------------------------------------------------------------------------------


def keep(run: BranchRun, state: Path) -> str:
    """Put a run on record; "" where nothing can be kept. Of a branch that is made anew one record is enough."""
    told = {"schema_version": SCHEMA, "plan": run.plan, "name": run.name, "branch": run.branch, "base": run.base}
    told |= {"commits": list(run.commits), "replaced": run.replaced, "time": int(time.time())}
    with contextlib.suppress(OSError):
        folder = own_folder(state, "undo")
        same = [old for old in _readable(folder) if (old.branch, old.commits) == (run.branch, run.commits)]
        own = claim(folder)
        write_atomically(own / BRANCH, json.dumps(told).encode())
        for old in same if run.replaced is None else ():
            forget(old)
        for number in numbers(folder, (BRANCH,))[KEPT:]:
            shutil.rmtree(folder / str(number), ignore_errors=True)
        return own.name
    return ""


def on_record(state: Path) -> list[BranchRun]:
    """The runs on record, the last first. Raises UsageError for a record that is none."""
    folder = state / "undo"
    return [_read(folder / str(number)) for number in numbers(folder, (BRANCH,))]


def begin(run: BranchRun) -> None:
    """Note that the branch is about to be taken away."""
    if run.folder:
        with contextlib.suppress(OSError):
            (run.folder / _UNFINISHED).touch()


def settle(repo: Repository, run: BranchRun) -> bool:
    """Whether a run is still to be reckoned with: not one whose undo was killed after the branch had gone."""
    if run.folder is None or not (run.folder / _UNFINISHED).exists():
        return True
    if position(repo, run.branch) != run.tip:
        forget(run)
        return False
    with contextlib.suppress(OSError):
        (run.folder / _UNFINISHED).unlink()
    return True


def forget(run: BranchRun) -> None:
    """Take a run off the record; without its file first it is none any more."""
    if run.folder:
        with contextlib.suppress(OSError):
            (run.folder / BRANCH).unlink()
        shutil.rmtree(run.folder, ignore_errors=True)


def _readable(folder: Path) -> Iterator[BranchRun]:
    for number in numbers(folder, (BRANCH,)):
        with contextlib.suppress(UsageError):
            yield _read(folder / str(number))


def _read(folder: Path) -> BranchRun:
    path = folder / BRANCH
    try:
        told = json.loads(read_own(path, _LARGEST))
        if told["schema_version"] != SCHEMA:
            raise UsageError(f"{path}: of another version of codemod ({told['schema_version']})")
        match told:
            case {
                "plan": str(plan),
                "name": str(name),
                "branch": str(branch),
                "base": str(base),
                "commits": [str(), *_] as commits,
                "replaced": str() | None as replaced,
                "time": int(when),
            } if len(plan) == 64 and all(map(_OID.fullmatch, [plan, base, *commits, replaced or base])):
                return BranchRun(
                    plan=plan,
                    name=name,
                    branch=branch,
                    base=base,
                    commits=tuple(commits),
                    replaced=replaced,
                    when=when,
                    folder=folder,
                )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    raise UsageError(f"{path}: not a record that codemod wrote; look at it, then delete it")


# ---- told by commits ---------------------------------------------------------------------------


class Told(NamedTuple):
    """A commit that carries trailers of ours."""

    oid: str
    parents: tuple[str, ...]
    written: int
    committed: int
    message: str

    @property
    def plans(self) -> list[str]:
        return list(dict.fromkeys(_PLAN.findall(self.message)))

    @property
    def subject(self) -> str:
        return self.message.partition("\n")[0]

    @property
    def steps(self) -> list[str]:
        return _STEP.findall(self.message)


def commits_of(repo: Repository, *asked: str) -> list[Told]:
    """The commits that `git log` gives for some revisions and options, the last first."""
    shape = ("log", "-z", "--no-show-signature", "--no-color", "--topo-order", "--format=%H %at %ct %P%n%B")
    found = []
    for entry in filter(None, to_path(repo.ask(*shape, *asked)).split("\0")):
        head, _, message = entry.partition("\n")
        oid, written, committed, *parents = head.split()
        found.append(Told(oid, tuple(parents), int(written), int(committed), message))
    return found


def of_plan(repo: Repository, plan: str, *revisions: str) -> list[Told]:
    """The commits among some that carry the trailer of a plan, or of one whose hash begins so."""
    told = commits_of(repo, "--fixed-strings", f"--grep=Codemod-Plan: {plan}", *revisions)
    return [commit for commit in told if any(p.startswith(plan) for p in commit.plans)]


def position(repo: Repository, branch: str) -> str | None:
    """What a branch holds; None where there is none."""
    answer = repo.run("rev-parse", "-q", "--verify", f"refs/heads/{branch}") if branch else None
    return answer.out.decode("ascii").strip() if answer and answer.code == 0 else None


def is_here(repo: Repository, run: BranchRun) -> bool:
    """Whether the commits are what the record says: there, and of its plan."""
    if any(repo.run("cat-file", "-e", f"{oid}^{{commit}}").code for oid in (run.base, *run.commits)):
        return False
    return all(run.plan in commit.plans for commit in commits_of(repo, "--no-walk=unsorted", *run.commits))


def named(repo: Repository, known: Sequence[BranchRun], word: str) -> BranchRun | None:
    """The run that a branch, a commit or a plan's hash means. None where the word is nothing of this.

    Raises UsageError for a commit that codemod did not make, or where it cannot be told which run is meant.
    """
    branch = word.removeprefix("refs/heads/")
    of_branch = [run for run in known if run.branch == branch]
    if of_branch:
        now = position(repo, branch)
        return next((run for run in of_branch if run.tip == now), of_branch[0])
    is_hex = re.fullmatch("[0-9a-f]{4,64}", word) is not None
    starts = [run for run in known if is_hex and any(oid.startswith(word) for oid in (run.plan, *run.commits))]
    if len({run.plan for run in starts}) == 1:
        return starts[0]
    if commit := position(repo, branch) or _commit(repo, word):
        return _of_commit(repo, known, commit, branch if position(repo, branch) else "", word)
    if not is_hex:
        return None
    plans = {p for told in of_plan(repo, word, *_everywhere(repo)) for p in told.plans if p.startswith(word)}
    if len(plans) > 1:
        raise UsageError(f"{word} may mean {len(plans)} runs: {', '.join(sorted(p[:16] for p in plans))}")
    return by_plan(repo, plans.pop()) if plans else None


def _commit(repo: Repository, word: str) -> str | None:
    answer = repo.run("rev-parse", "-q", "--verify", "--end-of-options", f"{word}^{{commit}}")
    return answer.out.decode("ascii").strip() if answer.code == 0 else None


def _everywhere(repo: Repository) -> list[str]:
    return ["--branches", "--remotes", *filter(None, [repo.head()])]


def _of_commit(repo: Repository, known: Sequence[BranchRun], commit: str, branch: str, word: str) -> BranchRun:
    """The run of a commit; of a branch also where others have committed on top since."""
    (told,) = commits_of(repo, "--no-walk", commit)
    head = repo.head()
    if branch and head and not told.plans:
        above = commits_of(repo, "--first-parent", f"--max-count={_SEEN}", commit, f"^{head}")
        told = next((t for t in above if t.plans), told)
    if "Codemod-Undo: " in told.message and not told.plans:
        raise UsageError(
            f"{word} is the undo of a run; to drop it: git branch -D BRANCH, or git revert {commit[:12]}"
        )
    if not told.plans:
        raise UsageError(f"{word} is no run of codemod: {told.oid[:12]} has no line Codemod-Plan")
    if len(told.plans) > 1:
        which = ", ".join(plan[:12] for plan in told.plans)
        raise UsageError(f"{word} holds {len(told.plans)} runs; name one of their plans: {which}")
    recorded = next((run for run in known if run.plan == told.plans[0]), None)
    if recorded and branch and position(repo, recorded.branch) is None:  # it was renamed
        return replace(recorded, branch=branch, replaced=None)
    return recorded or by_plan(repo, told.plans[0], branch, told.oid)


def by_plan(repo: Repository, plan: str, branch: str = "", commit: str = "") -> BranchRun:
    """A run from the commits that carry its trailer: as we wrote them if they are here, else as a rebase or a squash did.

    Raises UsageError where they cannot be told from others' work.
    """
    chains = list(_chains(of_plan(repo, plan, *_everywhere(repo), *filter(None, [commit]))))
    ours = [chain for chain in chains if _is_untouched(repo, chain)]
    head = repo.head()
    inside = {t.oid for t in of_plan(repo, plan, head)} if head else set()
    merged = [chain for chain in chains if chain[-1].oid in inside]
    chosen = ours or merged or chains
    if not ours and len(merged) > 1:
        way = " ".join(t.oid[:12] for chain in reversed(merged) for t in reversed(chain))
        raise UsageError(
            f"the commits of run {plan[:12]} stand apart, with others between them; try: git revert {way}"
        )
    chain = next((c for c in chosen if commit in {t.oid for t in c}), chosen[0])
    if any(len(t.plans) > 1 for t in chain):
        raise UsageError(f"{chain[-1].oid[:12]} holds several runs, and the commits of run {plan[:12]} are not here")
    names = list(dict.fromkeys(name for t in chain for name in t.steps))
    return BranchRun(
        plan=plan,
        name="-".join(names) or plan[:12],
        branch=branch or _branch_at(repo, chain[-1].oid),
        base=chain[0].parents[0] if chain[0].parents else "",
        commits=tuple(t.oid for t in chain),
        rewritten=not ours,
    )


def _chains(commits: Iterable[Told]) -> Iterator[list[Told]]:
    """Commits that follow one another, the first one first."""
    by_id = {commit.oid: commit for commit in commits}
    parents = {commit.parents[0] for commit in by_id.values() if commit.parents}
    for oid in [oid for oid in by_id if oid not in parents]:
        chain = [by_id[oid]]
        while chain[0].parents and (below := by_id.get(chain[0].parents[0])):
            chain.insert(0, below)
        yield chain


def _is_untouched(repo: Repository, chain: Sequence[Told]) -> bool:
    """Whether commits are dated as we date them: a rebase, a squash and an amend are not."""
    if not chain[0].parents or any(len(t.parents) > 1 or len(t.plans) > 1 for t in chain):
        return False
    (base,) = commits_of(repo, "--no-walk", chain[0].parents[0])
    return all(t.written == t.committed == base.committed + step for step, t in enumerate(chain, 1))


def _branch_at(repo: Repository, commit: str) -> str:
    """A branch of ours that holds exactly this."""
    out = to_path(
        repo.ask("for-each-ref", f"--points-at={commit}", "--format=%(refname:lstrip=2)", "refs/heads/codemod")
    )
    return out.partition("\n")[0]
