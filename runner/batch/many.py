"""A batch over many repositories: the run of one, again and again. One that fails never stops the others.

Each is planned on its own mirror with its own configuration, which has as little to say as that of any repository.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from codemods.engine.grouping import grouped

from ..config import Options
from ..disk import read_own, user_state_home, write_atomically
from ..errors import CodemodError, RunFailed, UsageError, os_reason
from ..forges.connect import Forges
from ..forges.secret import mask
from ..forges.values import Forge
from ..git import Repository
from ..settings import of_commit
from . import mirrors
from .follow import Progress
from .mirrors import Source
from .place import Place, kind_of
from .planning import Wish
from .remote import Remote
from .run import BatchReport, RunOptions, listed, run
from .seen import Seen, look
from .spec import Spec, run_of
from .state import FAILED, Row, working

_LARGEST = 100_000_000  # bytes of what is remembered
_NO_RUN = 'what to run stands in codemod.batch.toml, or in the file of --spec: run = ["NAME", …]'


@dataclass(frozen=True)
class Outcome:
    """What became of one repository."""

    source: Source
    report: BatchReport | None = None
    failed: str = ""  # why nothing could be done

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it, or items of it, failed."""
        items = self.report.failed if self.report else ()
        return tuple(dict.fromkeys([*([self.failed] if self.failed else []), *(item.failed for item in items)]))


def run_all(
    sources: Sequence[Source],
    spec: Spec,
    asked: RunOptions,
    environment: Mapping[str, str],
    told: Callable[[str], None],
) -> Iterator[Outcome]:
    """One after the other; what became of each is remembered for those that failed. Raises UsageError."""
    if spec.run is None or spec.words is None:
        raise UsageError(_NO_RUN)
    memory = _Memory(batch_of(spec))
    forges = Forges(environment, told)  # those of one host share its pace
    for one in sources:
        try:
            outcome = Outcome(source=one, report=_run_one(one, spec, spec.run, asked, environment, forges))
        except CodemodError as error:
            outcome = Outcome(source=one, failed=mask(str(error)))
        except OSError as error:
            outcome = Outcome(source=one, failed=os_reason(error))
        if not asked.dry_run:
            memory.put(outcome)
        yield outcome


def _run_one(
    one: Source, spec: Spec, options: Options, asked: RunOptions, environment: Mapping[str, str], forges: Forges
) -> BatchReport:
    there = _There.at(one, spec, environment, forges)
    settings = replace(asked.settings, base=there.branch, name=there.batch)
    wish = Wish(
        options=replace(options, where=there.repository.where),
        reading=lambda ref: _reading(one, spec, there.repository, ref),
    )

    return run(wish, there.place, replace(asked, settings=settings, templates=spec.templates))


@dataclass(frozen=True)
class _There:
    """A repository, and what a batch has there."""

    repository: Repository
    forge: Forge
    place: Place
    batch: str
    branch: str  # that pull requests go into

    @classmethod
    def at(cls, one: Source, spec: Spec, environment: Mapping[str, str], forges: Forges) -> _There:
        """Raises UsageError, RunFailed."""
        forge = forges.connect(one.url)
        repository = mirrors.mirror(one, environment)
        remote = Remote(repository=repository, name="origin", environment=repository.access)
        branch = spec.settings.base or remote.default_branch()
        if branch is None:
            raise RunFailed(f"{one.called} is empty: there is no commit to build on")
        return cls(
            repository=repository,
            forge=forge,
            place=Place(remote=remote, forge=forge, kind=kind_of(one.url, environment)),
            batch=batch_of(spec),
            branch=branch,
        )


def batch_of(spec: Spec) -> str:
    """The name of the batch. Raises UsageError where nothing says it."""
    if name := spec.settings.name or (spec.run.name if spec.run else ""):
        return name
    raise UsageError(_NO_RUN)


Follow = Callable[[Forge, Mapping[str, Seen], Mapping[str, Row]], Iterable[Progress]]


def follow_all(
    sources: Sequence[Source], spec: Spec, environment: Mapping[str, str], told: Callable[[str], None], do: Follow
) -> Iterator[tuple[Source, list[Progress]]]:
    """What there is of the batch in each, and what `do` makes of it; one that cannot be asked is a row that failed."""
    forges = Forges(environment, told)
    for one in sources:
        try:
            yield one, _followed(_There.at(one, spec, environment, forges), do)
        except CodemodError as error:
            yield one, [Progress(key="", state=FAILED, why=mask(str(error)))]


def _followed(there: _There, do: Follow) -> list[Progress]:
    with working(there.repository.shared_dir, there.batch) as state:
        pulls = listed(there.forge, there.batch, state)
        there.place.remote.fetch(there.branch, f"codemod/{there.batch}")
        base = there.repository.resolve(there.place.remote.ref(there.branch)) or ""
        seen = look(there.place.remote, there.forge, there.batch, base, pulls, there.branch)
        return list(do(there.forge, seen, state.rows()))


def _reading(one: Source, spec: Spec, repository: Repository, ref: str) -> Options:
    """The run, with the configuration of the commit that it is for."""
    commit = repository.resolve(ref)
    assert commit is not None, "it was fetched"
    assert spec.words is not None, "there is something to run"
    mirrors.prefetch(repository, commit)
    return run_of(spec.words, repository.where, of_commit(repository, commit, one.called))


# ---- what is said at the end -------------------------------------------------------------------


def by_reason(outcomes: Sequence[Outcome]) -> dict[str, list[str]]:
    """The repositories that failed, by what they failed of: their own names do not tell reasons apart."""
    return grouped((_without_names(why, one.source), one.source.called) for one in outcomes for why in one.reasons)


def _without_names(why: str, one: Source) -> str:
    _, _, name = one.called.partition("/")
    for word in (str(mirrors.place(one)), one.url, one.url.removesuffix(".git"), one.called, name):
        why = why.replace(word, "…")
    return why


# ---- what failed last time ---------------------------------------------------------------------


@dataclass(frozen=True)
class _Memory:
    """What became of each repository of a batch, so that only those that failed are done again. All else is asked of the
    forge."""

    name: str

    @property
    def path(self) -> Path:
        return user_state_home() / "batches" / f"{self.name}.json"

    def rows(self) -> dict[str, dict[str, str]]:
        """The repositories by their names: their address, and why they failed."""
        try:
            told = json.loads(read_own(self.path, _LARGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        found = told if isinstance(told, dict) else {}
        return {
            str(called): {"url": str(row.get("url", "")), "failed": str(row.get("failed", ""))}
            for called, row in found.items()
            if isinstance(row, dict)
        }

    def put(self, outcome: Outcome) -> None:
        """Raises RunFailed where nothing can be written."""
        failed = "; ".join(outcome.reasons)
        rows = self.rows() | {outcome.source.called: {"url": outcome.source.url, "failed": failed}}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(self.path, json.dumps(rows, indent=1, sort_keys=True).encode())
        except OSError as error:
            raise RunFailed(f"{self.path}: {os_reason(error)}") from None


def failed_before(name: str) -> list[Source]:
    """The repositories of a batch that failed when they were tried last."""
    return [Source(url=row["url"], called=called) for called, row in _Memory(name).rows().items() if row["failed"]]
