"""The plan of a batch, made again on the base as it is at the remote now, with what was decided on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from ..again import Kept, options_of
from ..config import Options
from ..decide import Decisions, Verdict
from ..errors import UsageError
from ..files import CommitWorld
from ..git import Repository
from ..making import Making
from ..message import plural
from ..opening import opened
from ..outcome import Report
from ..terminal import quoted
from .remote import Remote


@dataclass(frozen=True)
class Planned:
    """A plan on a commit that the remote has, and what is accepted of it."""

    report: Report
    repository: Repository
    base: str  # the commit
    base_branch: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wish:
    """What a batch is made of, where no plan was kept: a run, as `codemod.batch.toml` asks for it.

    Where the commit itself has a say in it, `reading` gives the options for that.
    """

    options: Options
    reading: Callable[[str], Options] | None = None

    def on(self, ref: str, given: Mapping[str, Any]) -> Options:
        """The run on a commit."""
        options = self.reading(ref) if self.reading else self.options
        return replace(options, **{**given, "base": ref})


def name_of(made_of: Kept | Wish) -> str:
    """The name of the run that the plan is of."""
    return made_of.options.name if isinstance(made_of, Wish) else made_of.plan.name


def ref_of(made_of: Kept | Wish) -> str:
    """What was typed for the base."""
    return made_of.options.base if isinstance(made_of, Wish) else made_of.row.ref


def named_branch(kept: Kept | Wish, remote: Remote, asked: str) -> str:
    """The branch of the remote that was asked for, or that the plan is of; "" where neither names one."""
    if asked:
        return asked.removeprefix(f"{remote.name}/")
    ref = ref_of(kept).removeprefix("refs/remotes/").removeprefix("refs/heads/").removeprefix(f"{remote.name}/")
    known = remote.repository
    for name in ("refs/heads/", f"refs/remotes/{remote.name}/"):
        if ref != "HEAD" and known.run("rev-parse", "-q", "--verify", f"{name}{ref}").code == 0:
            return ref
    return ""


def base_branch(kept: Kept | Wish, remote: Remote, asked: str) -> str:
    """The branch that pull requests go into: what is named, or the remote's own.

    Raises UsageError where nothing says it.
    """
    if found := named_branch(kept, remote, asked) or remote.default_branch():
        return found
    raise UsageError(f"the remote {quoted(remote.name)} does not say which branch is its own; choose with --base")


@contextmanager
def planned(
    kept: Kept | Wish, remote: Remote, branch: str, prefix: str, given: Mapping[str, Any]
) -> Iterator[Planned]:
    """Fetch, and plan again. Raises UsageError, RunFailed."""
    refuse_files(kept)
    remote.fetch(branch, prefix)
    with on_base(kept, remote.ref(branch), branch, given, remote.repository) as made:
        yield made


def refuse_files(kept: Kept | Wish) -> None:
    """Raises UsageError for a plan of no commit."""
    if isinstance(kept, Kept) and not kept.plan.base:
        raise UsageError(f"plan {kept.row.id} is of the working tree (--in-place); pull requests are made of commits")


@contextmanager
def on_base(
    kept: Kept | Wish, ref: str, branch: str, given: Mapping[str, Any], repository: Repository | None = None
) -> Iterator[Planned]:
    """Plan again on what is here. Raises UsageError, RunFailed."""
    options = kept.on(ref, given) if isinstance(kept, Wish) else options_of(kept, {**given, "base": ref})
    with opened(options, repository) as world:
        assert isinstance(world, CommitWorld)
        making = Making(options, world, ref=ref_of(kept))
        decisions = making.earlier_decisions()
        plan, decisions, done = making.planned(decisions)
        report = making.report(done, plan)
        making.keep(report.plan, decisions)
        yield Planned(
            report=report,
            repository=world.repository,
            base=world.commit,
            base_branch=branch,
            remarks=(*report.remarks, *_asked_again(decisions, report)),
        )


def _asked_again(decisions: Decisions, report: Report) -> Iterator[str]:
    asked = sum(d.verdict is Verdict.ASK and not d.elsewhere for d in decisions.by_key.values())
    if asked:
        what = f"{plural(asked, 'change')} that you had accepted would be made otherwise now"
        yield f"{what}, and are in no pull request until you decide again: codemod review {report.plan.id}"
