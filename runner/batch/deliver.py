"""Do what is left to do of a batch: branches, one push, pull requests.

Whenever it is killed, the next run finds what was done and does the rest: commits come out with the same ids, a branch
that is there is not pushed, a pull request that is open is not opened again, and the labels, which come last, tell that
it was brought to its end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..branches import checked_out
from ..deliver import Commit
from ..forges.values import Forge, ForgeFailed, Method, PullRequest, State, Wanted
from ..git import Repository
from ..trees import TreeEntry, to_path
from .branches import Branch, made, point
from .reconcile import Files, Step, Todo
from .remote import Move, Remote
from .seen import Seen, is_ours, marked
from .values import Item


@dataclass(frozen=True)
class Result:
    """What became of one item."""

    step: Step
    pull: PullRequest | None = None
    failed: str = ""  # why
    closed: bool = False  # by this run
    done: bool = True  # False: this is only what would be

    @property
    def state(self) -> str:
        """One word for the table."""
        if self.closed:
            return "closed"
        if self.failed:
            return "failed"
        return (_DONE if self.done else {}).get(self.step.todo, self.step.todo.value)


_DONE = {Todo.OPEN: "opened", Todo.UPDATE: "updated"}


@dataclass(frozen=True)
class Delivery:
    """Where the items go."""

    repository: Repository
    remote: Remote
    forge: Forge | None
    batch: str
    base: str  # the commit that all branches are built on
    labels: tuple[str, ...] = ()
    auto_merge: Method | None = None

    def branch(self, key: str) -> str:
        return f"codemod/{self.batch}/{key}"

    # ---- what would be ---------------------------------------------------------------------

    def wanted(self, item: Item, commits: Sequence[Commit]) -> Files:
        """The files of an item as its branch would have them."""
        tree = self.repository.tree(self.base)
        now: dict[str, tuple[str, str]] = {}
        for commit in commits:
            for path, data in commit.files.items():
                if data is None:
                    now[path] = ("", "")
                else:
                    mode = now[path][0] if path in now and now[path][0] else self._mode(path, commit, tree)
                    now[path] = (mode, _blob_id(data, self.repository.object_format))
        return {path: entry for path, entry in now.items() if entry != _entry(tree.get(path))}

    def _mode(self, path: str, commit: Commit, tree: Mapping[str, TreeEntry]) -> str:
        like = tree.get(path) or tree.get(commit.origins.get(path, ""))
        return commit.modes.get(path) or (like.mode if like else "100644")

    def _reopened(self, step: Step) -> Step:
        """Open again what was closed and shall be open; a forge does so only before the branch moves.

        Raises ForgeFailed where it may do so later.
        """
        pull = _pull_of(step)
        if self.forge is None or step.todo is not Todo.OPEN or step.seen is None or pull is None:
            return step
        try:
            self.forge.reopen(pull.number)
        except ForgeFailed as error:
            if error.again or error.code == 401:
                raise
            # its branch is gone, or has moved since: then a new one is opened
            return replace(step, seen=replace(step.seen, pull=None))
        return replace(step, todo=Todo.UPDATE, seen=replace(step.seen, pull=replace(pull, state=State.OPEN)))

    # ---- branches --------------------------------------------------------------------------

    def write(self, steps: Sequence[Step], commits: Mapping[str, Sequence[Commit]]) -> list[Result]:
        """Make the branches that move, here and at the remote. What was closed and shall be open is opened before."""
        moving: list[Step] = []
        results: dict[str, Result] = {}
        for step in steps:
            try:
                step = self._reopened(step)
            except ForgeFailed as error:
                results[step.key] = Result(step=step, pull=_pull_of(step), failed=str(error))
                continue
            why = self._in_the_way(step) if step.moves else ""
            results[step.key] = Result(step=replace(step, todo=Todo.DIVERGED, why=why) if why else step)
            if step.moves and not why:
                moving.append(step)
        branches = [Branch(name=self.branch(s.key), base=self.base, commits=tuple(commits[s.key])) for s in moving]
        tips = {name: ids[-1] for name, ids in made(self.repository, branches).items()}
        point(
            self.repository,
            {branch: (self._branches.get(branch), tip) for branch, tip in tips.items()},
            f"codemod: batch {self.batch}",
        )
        old = {self.branch(step.key): step.seen.tip if step.seen else None for step in moving}
        moves = {name: Move(old=old[name], new=tip) for name, tip in tips.items()}
        refused = self.remote.push(moves).refused
        for step in moving:
            if reason := refused.get(self.branch(step.key)):
                results[step.key] = Result(step=step, failed=f"not pushed: {reason}")
        return list(results.values())

    @cached_property
    def _branches(self) -> Mapping[str, str]:
        """The branches of the batch in the user's repository, and where they were when we began."""
        listed = self.repository.ask(
            "for-each-ref", "--format=%(refname) %(objectname)", f"refs/heads/{self.branch('')}"
        )
        lines = (line.split(" ") for line in to_path(listed).split("\n")[:-1])
        return {ref.removeprefix("refs/heads/"): oid for ref, oid in lines}

    @cached_property
    def _checked_out(self) -> Mapping[str, str]:
        return checked_out(self.repository)

    def _in_the_way(self, step: Step) -> str:
        """Why a branch of this name here may not be replaced."""
        name = self.branch(step.key)
        if name in self._checked_out:
            return f"the branch {name} is checked out in {self._checked_out[name]}"
        here = self._branches.get(name)
        if here is None or (step.seen and here == step.seen.tip):
            return ""
        return (
            f"the branch {name} of this repository has commits of others" if self._of_others(step.key, here) else ""
        )

    def _of_others(self, key: str, tip: str) -> bool:
        """Whether a branch here has commits that the batch did not make and the base does not have."""
        if self.repository.run("merge-base", "--is-ancestor", tip, self.base).code == 0:
            return False
        return not is_ours(self.repository, self.batch, key, self.base, tip)

    def swept(self, seen: Iterable[Seen]) -> list[str]:
        """Delete the branches of pull requests that have ended, where they still are as these had them. Gives them.

        Where somebody has deleted one at the remote, a forge say that does so when it merges, ours goes too.
        """
        there: dict[str, str] = {}
        here: dict[str, tuple[str | None, str | None]] = {}
        for one in seen:
            if one.pull is None or one.is_open or one.adopted or not (one.tip is None or _is(one.pull.sha, one.tip)):
                continue
            if one.tip:
                there[one.branch] = one.tip
            mine = self._branches.get(one.branch)
            if mine and one.branch not in self._checked_out and not self._of_others(one.key, mine):
                here[one.branch] = (mine, None)
        gone = self.remote.delete(there).moved if there else frozenset()
        point(self.repository, here, f"codemod: batch {self.batch}")
        return sorted({*gone, *here})

    # ---- pull requests ---------------------------------------------------------------------

    def bring(self, results: Sequence[Result], text: Callable[[Item], Wanted]) -> Iterator[Result]:
        """Open pull requests, and bring those that are open to what is wanted, one after the other.

        One that fails does not stop the others, unless the forge lets nobody in.
        """
        refused = ""
        for result in results:
            item = result.step.item
            if self.forge is None or item is None or result.failed or result.step.todo not in _BROUGHT:
                yield replace(result, pull=result.pull or _pull_of(result.step))
                continue
            try:
                if refused:
                    raise ForgeFailed(refused)
                yield replace(result, pull=self._brought(self.forge, result.step, text(item)))
            except ForgeFailed as error:
                refused = refused or (str(error) if error.code == 401 else "")
                yield replace(result, pull=_pull_of(result.step), failed=str(error))

    def _brought(self, forge: Forge, step: Step, wanted: Wanted) -> PullRequest:
        pull = _pull_of(step)
        if pull is None:
            pull = forge.create(replace(wanted, labels=()))
        else:
            self._edit(forge, step, pull, wanted)
        missing = [label for label in wanted.labels if label not in pull.labels]
        if missing:  # they come last: without them it was not brought to its end
            others = [who for who in wanted.reviewers if who not in pull.reviewers and who != pull.author]
            if others:
                forge.request_reviews(pull.number, others)
            if self.auto_merge and forge.capabilities.auto_merge and not pull.draft:
                forge.auto_merge(pull, self.auto_merge)
            forge.add_labels(pull.number, missing)
        return pull

    def _edit(self, forge: Forge, step: Step, pull: PullRequest, wanted: Wanted) -> None:
        """Its text is ours as long as our marker stands in it."""
        seen = step.seen
        title, body = wanted.title, wanted.body
        if step.todo is Todo.KEEP and seen and seen.made_by:
            # it tells of the plan that its commits are of
            if seen.plan and seen.made_by.startswith(seen.plan):
                title, body = pull.title, pull.body
            else:
                body = marked(body, seen.made_by[:8])
        if not (seen and seen.plan):
            title, body = pull.title, pull.body
        changed = {
            name: new
            for name, new, old in (
                ("title", title, pull.title),
                ("body", body, pull.body.replace("\r\n", "\n")),
                ("base", wanted.base, pull.base),
            )
            if new != old
        }
        if changed:
            forge.edit(pull.number, **changed)


_BROUGHT = (Todo.OPEN, Todo.UPDATE, Todo.KEEP)


def _pull_of(step: Step) -> PullRequest | None:
    return step.seen.pull if step.seen else None


def _blob_id(data: bytes, form: str) -> str:
    return hashlib.new(form, b"blob %d\0" % len(data) + data).hexdigest()


def _is(told: str, commit: str) -> bool:
    """Whether a forge means this commit: Bitbucket tells the first twelve digits."""
    return len(told) >= 12 and commit.startswith(told)


def _entry(entry: TreeEntry | None) -> tuple[str, str]:
    return (entry.mode, entry.oid) if entry else ("", "")
