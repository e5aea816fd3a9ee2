"""A batch on a forge: what is there is brought to what is wanted, whoever stops it and whatever people do meanwhile."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from runner.batch import reconcile
from runner.batch.deliver import Delivery, Result
from runner.batch.remote import Remote
from runner.batch.seen import listing, look
from runner.batch.values import Item
from runner.deliver import Commit
from runner.errors import CodemodError, RunFailed
from runner.forges.access import git_environment
from runner.forges.connect import connect
from runner.forges.values import Wanted
from runner.git import Repository
from tests.forge.github import GitHub
from tests.forge.serving import Kind

Git = Callable[..., str]
Make = Callable[..., Path]
FILES = {f"{name}/x.py": f"{name} = 0\n" for name in "abcde"}
NAME = "acme/app"


@dataclass
class Batch:
    """A clone of acme/app, and what the batch `x` wants: the content of one file for each item."""

    forge: GitHub
    root: Path
    git: Git
    wants: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, **options: bool) -> dict[str, Result]:
        repository = Repository.open(self.root)
        url = self.git(self.root, "remote", "get-url", "origin")
        remote = Remote(repository=repository, name="origin", environment=git_environment(url, self.environment))
        forge = connect(url, self.environment)
        pulls = listing(forge, "x")
        remote.fetch("main", "codemod/x")
        base = repository.resolve("refs/remotes/origin/main")
        assert base
        seen = look(remote, forge, "x", base, pulls)
        delivery = Delivery(repository=repository, remote=remote, forge=forge, batch="x", base=base)
        items = [Item(key=k, about=k, paths=(f"{k}/x.py",), changes=(k,)) for k in sorted(self.wants)]
        contents = {item.key: [self._commit(item)] for item in items}
        wanted = {item.key: delivery.wanted(item, contents[item.key]) for item in items}
        steps = reconcile.steps(items, seen, wanted, **options)
        return {r.step.key: r for r in delivery.bring(delivery.write(steps, contents), self._text)}

    def _commit(self, item: Item) -> Commit:
        message = f"Change {item.key}\n\nCodemod-Batch: x\nCodemod-Item: {item.key}\nCodemod-Plan: {'1' * 64}\n"
        return Commit(message, {item.paths[0]: self.wants[item.key].encode()})

    def _text(self, item: Item) -> Wanted:
        marker = f"<!-- codemod:x/{item.key} plan=11111111 -->"
        return Wanted(
            branch=f"codemod/x/{item.key}",
            base="main",
            title=f"Change {item.key}",
            body=f"What and why.\n\n{marker}",
            labels=("codemod",),
            reviewers=("grace",),
        )

    def state(self) -> list[tuple[str, str, list[str], list[str], str | None]]:
        """What a person sees: every pull request with its labels and reviewers, and the content of its file."""
        repository = self.forge[NAME]
        return sorted(
            (p.branch, p.state, p.labels, p.reviewers, self._shown(p.branch))
            for p in self.forge.pulls(NAME)
            if repository
        )

    def _shown(self, branch: str) -> str | None:
        if self.forge[NAME].head(branch) is None:
            return None
        return self.forge[NAME].git("show", f"{branch}:{branch.rpartition('/')[2]}/x.py")


@pytest.fixture
def batch(forge: GitHub, make_repo: Make, git: Git, monkeypatch: pytest.MonkeyPatch) -> Batch:
    url = forge.add_repository(NAME, make_repo(FILES, name="source"))
    root = make_repo({}, name="empty").parent / "clone"
    git(root.parent, "clone", "--quiet", url, "clone")
    environment = {
        "GITHUB_TOKEN": forge.token,
        "CODEMOD_FORGE": f"github:{forge.url}",
        "CODEMOD_PACE": "100000",
    }
    return Batch(forge, root, git, {key: f"{key} = 1\n" for key in "abcde"}, environment)


def done(results: Mapping[str, Result]) -> dict[str, str]:
    return {key: result.state for key, result in results.items()}


ALL = [(f"codemod/x/{key}", "open", ["codemod"], ["grace"], f"{key} = 1") for key in "abcde"]


def test_pull_requests_are_opened_once(batch: Batch) -> None:
    assert done(batch.run()) == dict.fromkeys("abcde", "opened")
    assert batch.state() == ALL
    sent = len(batch.forge.requests)
    assert done(batch.run()) == dict.fromkeys("abcde", "unchanged")
    assert batch.state() == ALL
    assert {r.method for r in batch.forge.requests[sent:] if "git" not in r.path} <= {"GET"}


def test_what_people_did_stays(batch: Batch, git: Git) -> None:
    batch.run()
    forge, repository = batch.forge, batch.forge[NAME]
    number = {p.branch[-1]: p.number for p in forge.pulls(NAME)}
    forge.close(NAME, number["a"])
    repository.commit("codemod/x/b", {"b/x.py": "b = 'mine'\n"}, author="grace", message="Mend")
    forge.label(NAME, number["c"], "codemod:hold")
    forge.merge(NAME, number["d"])
    for key in "abce":
        batch.wants[key] = f"{key} = 2\n"
    del batch.wants["d"]
    told = batch.run()
    assert done(told) == {"a": "rejected", "b": "diverged", "c": "held", "e": "updated"}
    assert batch.state() == [
        ("codemod/x/a", "closed", ["codemod"], ["grace"], "a = 1"),
        ("codemod/x/b", "open", ["codemod"], ["grace"], "b = 'mine'"),
        ("codemod/x/c", "open", ["codemod", "codemod:hold"], ["grace"], "c = 1"),
        ("codemod/x/d", "closed", ["codemod"], ["grace"], "d = 1"),
        ("codemod/x/e", "open", ["codemod"], ["grace"], "e = 2"),
    ]
    assert done(batch.run(reopen=True, overwrite=True)) == {
        "a": "updated",
        "b": "updated",
        "c": "held",
        "e": "unchanged",
    }
    assert [(branch[-1], state, shown) for branch, state, _, _, shown in batch.state()] == [
        ("a", "open", "a = 2"), ("b", "open", "b = 2"), ("c", "open", "c = 1"), ("d", "closed", "d = 1"), ("e", "open", "e = 2"),
    ]  # fmt: skip


def test_a_base_that_moves_on_pushes_only_what_it_changes(batch: Batch) -> None:
    batch.run()
    repository = batch.forge[NAME]
    before = repository.heads()
    repository.commit("main", {"a/x.py": "a = 0  # more\n", "new.py": "\n"}, author="grace", message="Go on")
    batch.wants["a"] = "a = 1  # more\n"
    assert done(batch.run()) == {"a": "updated", **dict.fromkeys("bcde", "unchanged")}
    moved = {name for name, sha in repository.heads().items() if before.get(name) != sha}
    assert moved == {"main", "codemod/x/a"}
    assert repository.contains("codemod/x/a", "main")


def test_what_is_not_wanted_any_more_is_told_and_left(batch: Batch) -> None:
    batch.run()
    del batch.wants["a"]
    assert done(batch.run()) == {"a": "nothing left", **dict.fromkeys("bcde", "unchanged")}
    assert batch.state() == ALL


def test_a_text_that_a_person_has_written_stays(batch: Batch) -> None:
    batch.run()
    pull = batch.forge.pull(NAME, "codemod/x/a")
    pull.title, pull.body = "My words", "None of yours"
    batch.wants["a"] = "a = 2\n"
    batch.run()
    assert (pull.title, pull.body) == ("My words", "None of yours")


def test_a_branch_of_the_user_is_not_overwritten(batch: Batch, git: Git) -> None:
    root = batch.root
    git(root, "branch", "codemod/x/a", "main")
    git(root, "checkout", "--quiet", "-b", "codemod/x/b")
    git(root, "commit", "--quiet", "--allow-empty", "-m", "Mine")
    git(root, "checkout", "--quiet", "-b", "codemod/x/c", "main")
    told = batch.run()
    assert done(told) == {"a": "opened", "b": "diverged", "c": "diverged", "d": "opened", "e": "opened"}
    assert told["b"].step.why == "the branch codemod/x/b of this repository has commits of others"
    assert told["c"].step.why == f"the branch codemod/x/c is checked out in {root}"


def test_a_stranger_with_a_branch_of_that_name_in_a_fork_is_not_one_of_us(batch: Batch) -> None:
    repository = batch.forge[NAME]
    sha = repository.commit("theirs", {"a/x.py": "a = 'evil'\n"}, author="mallory", message="Mine")
    batch.forge.open(NAME, "codemod/x/a", fork="mallory/app", sha=sha, author="mallory")
    assert done(batch.run()) == dict.fromkeys("abcde", "opened")


def test_a_token_that_is_not_taken_is_told_once(batch: Batch) -> None:
    batch.environment["GITHUB_TOKEN"] = "ghp_wrong"
    with pytest.raises(RunFailed) as error:
        batch.run()
    assert "ghp_wrong" not in str(error.value)


@pytest.mark.parametrize("kind", ["500", "502 after", "reset after"])
def test_what_cannot_be_opened_again_now_is_not_opened_anew(batch: Batch, kind: Kind) -> None:
    batch.wants = {"a": "a = 1\n"}
    batch.run()
    batch.forge.close(NAME, 1)
    for at in range(1, 8):  # whichever request it is
        batch.forge.fail(at, kind)
        with contextlib.suppress(CodemodError):
            batch.run(reopen=True)
        batch.forge.fail_no_more()
        batch.run(reopen=True)
        assert batch.state() == ALL[:1], at
        batch.forge.close(NAME, 1)
