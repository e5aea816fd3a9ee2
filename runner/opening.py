"""The world that a run asks for: a commit, or the files of a folder, with its workers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from . import progress, stale
from .chunks import Workers
from .cluster.address import LOCAL
from .config import Options
from .errors import UsageError
from .files import CommitWorld, FileWorld, FolderWorld
from .git import Repository
from .handing import writing
from .place import Place
from .progress import Progress
from .workers import Pool


@contextmanager
def opened(options: Options, repository: Repository | None = None) -> Iterator[FileWorld]:
    """The world that the options ask for, with its workers, which end with it; `repository` is that of a commit, where it
    is open already.

    Who is about to edit in place holds the work tree from the first look to the last write.
    """
    with ExitStack() as stack:
        workers = stack.enter_context(_workers(options, stack.enter_context(progress.bar(options))))
        world = _folder(options, workers) if options.in_place else _commit(options, workers, repository)
        if options.in_place and not (options.dry_run or options.check):
            stack.enter_context(writing(world.describe_top(), world.state))
        yield world


def _workers(options: Options, shown: Progress) -> Workers:
    """Processes of this machine, or of the cluster that the user named."""
    if options.engine == LOCAL:
        return Pool(options.jobs, options.timeout, shown)
    from .cluster.client import Cluster

    return Cluster(options.engine, options.specs, options.timeout, shown)


def _commit(options: Options, workers: Workers, known: Repository | None) -> CommitWorld:
    repository = known or Repository.open(options.where)
    stale.sweep(repository.common_dir, repository.shared_dir / "tmp")
    commit = repository.resolve(options.base)
    if commit is None:
        other = ", or use --in-place" if repository.root else ""
        raise UsageError(f"there is no commit yet; commit first{other}")
    branch = options.branch or f"codemod/{options.name}"
    if not (options.dry_run or options.check):
        from .branches import check_branch_name

        check_branch_name(repository, branch)
    return CommitWorld(options, workers, repository, commit)


def _folder(options: Options, workers: Workers) -> FolderWorld:
    where = options.where
    repository = Repository.open(where) if options.diff_base else Place.open(where).repository
    return FolderWorld(options, workers, repository)
