"""GitLab by the same protocol: merge requests, trains, pipelines, approvals."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from runner.errors import UsageError
from runner.forges.connect import connect, host
from runner.forges.values import (
    Checks,
    Forge,
    ForgeFailed,
    Merged,
    Merging,
    PullRequest,
    Review,
    State,
    Status,
    Suggestion,
    Wanted,
)
from tests.forge.gitlab import GitLab
from tests.forge.serving import KINDS, Kind

NAME = "acme/tools/app"
BRANCH = "codemod/rename/one"
WANTED = Wanted(
    branch=BRANCH, base="main", title="Rename db", body="Why\n", labels=("codemod", "x"), reviewers=("ada",)
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitLab]:
    server = GitLab(tmp_path_factory.mktemp("gitlab"))
    yield server
    server.stop()


@pytest.fixture
def forge(server: GitLab) -> Iterator[GitLab]:
    server.reset()
    server.retry_after = 0
    yield server
    assert server.violations == []


def again(forge: GitLab) -> Forge:
    """A client that remembers nothing."""
    return connect(f"{forge.url}/{NAME}.git", environment(forge))


def environment(forge: GitLab) -> dict[str, str]:
    told = {"CODEMOD_FORGE": f"gitlab:{forge.url}/api/v4", "GITLAB_TOKEN": forge.token}
    return told | {"CODEMOD_PACE": "60000"}


@pytest.fixture
def app(forge: GitLab) -> Forge:
    forge.add_repository(NAME)
    forge.commit(NAME, "main", {"a.py": "a = 1\n"})
    forge.commit(NAME, BRANCH, {"b.py": "one = 1\ntwo = 2\n"})
    return again(forge)


def test_a_merge_request_as_it_shall_be(forge: GitLab, app: Forge) -> None:
    made = app.create(WANTED)
    there = forge.pull(NAME, BRANCH)
    assert (there.title, there.body, there.labels, there.reviewers) == (
        "Rename db",
        "Why\n",
        ["codemod", "x"],
        ["ada"],
    )
    assert made == app.get(1) == app.pull_requests("codemod/rename/")[0]
    assert (made.branch, made.sha, made.base, made.state) == (BRANCH, there.head_sha, "main", State.OPEN)
    assert (made.labels, made.reviewers, made.author) == (("codemod", "x"), ("ada",), "codemod-bot")
    assert made.same_repository
    assert app.files(1) == ["b.py"]
    assert app.default_branch() == "main"


def test_it_is_changed_labelled_closed_and_opened_again(forge: GitLab, app: Forge) -> None:
    forge.commit(NAME, "release", {"c.py": ""})
    app.create(replace(WANTED, draft=True))
    assert forge.pull(NAME, BRANCH).title == "Draft: Rename db"
    assert app.get(1).title == "Rename db"
    app.edit(1, title="Another", body="More", base="release")
    app.edit(1)
    app.add_labels(1, ["more", "x"])
    app.request_reviews(1, ["ada", "@grace", "acme/core", "somebody@example.com"])
    now = app.get(1)
    assert (now.title, now.body, now.base, now.draft) == ("Another", "More", "release", True)
    assert (now.labels, now.reviewers) == (("codemod", "more", "x"), ("ada", "grace"))
    app.close(1)
    assert app.get(1).state is State.CLOSED
    app.reopen(1)
    assert app.get(1).state is State.OPEN


def test_one_that_is_open_already_is_taken(forge: GitLab, app: Forge) -> None:
    forge.open(NAME, BRANCH, title="By hand")
    found = app.create(WANTED)
    assert (found.title, found.labels, found.reviewers) == ("By hand", ("codemod", "x"), ("ada",))
    assert len(forge.pulls(NAME)) == 1


def test_one_listing_tells_all_of_a_batch(forge: GitLab, app: Forge) -> None:
    sha = forge[NAME].heads()[BRANCH]
    forge.open(NAME, BRANCH)
    forge.merge(NAME, 1)
    forge.open(NAME, "codemod/rename/two", fork="grace/app", sha=sha)
    forge.close(NAME, 2)
    forge.open(NAME, "others", fork="grace/app", sha=sha)
    found = app.pull_requests("codemod/rename/", since=1_700_000_000)
    assert [(p.number, p.state, p.same_repository) for p in found] == [
        (2, State.CLOSED, False),
        (1, State.MERGED, True),
    ]


def test_a_reviewer_who_is_unknown_costs_nobody_else(forge: GitLab, app: Forge) -> None:
    said: list[str] = []
    forge[NAME].strangers.add("mallory")
    app = connect(f"{forge.url}/{NAME}.git", environment(forge), told=said.append)
    assert app.create(replace(WANTED, reviewers=("mallory", "ada"))).reviewers == ("ada",)
    app.request_reviews(1, ["mallory", "grace"])
    assert forge.pull(NAME, BRANCH).reviewers == ["ada", "grace"]
    assert said == ["127.0.0.1: mallory cannot be asked for a review: there is no such user"]


def test_the_same_is_said_once(forge: GitLab, app: Forge) -> None:
    app.create(WANTED)
    for text in ("closed: 1\n2\n", "closed: 1\n2", "another"):
        app.comment(1, text)
    assert [c.body for c in forge.pull(NAME, BRANCH).comments] == ["closed: 1\n2\n", "another"]


def test_suggestions_are_made_once(forge: GitLab, app: Forge) -> None:
    pull = app.create(WANTED)
    given = [Suggestion(path="b.py", first=1, last=2, text="one = 2\n", reason="It is two.")]
    app.suggest(pull, given)
    app.suggest(pull, given)
    ((position, body),) = forge.pull(NAME, BRANCH).places
    assert (position["new_path"], position["new_line"]) == ("b.py", 2)
    assert body.startswith("It is two.\n\n```suggestion:-1+0\none = 2\n```\n\n<!-- codemod:")
    with pytest.raises(ForgeFailed, match="valid line code"):
        app.suggest(pull, [Suggestion(path="b.py", first=9, last=9, text="x\n", reason="")])


@pytest.mark.parametrize(
    ("checks", "verdicts", "told"),
    [
        ({}, "", Status(checks=Checks.NONE, review=Review.NONE, mergeable=True)),
        ({"a": None}, "ada APPROVED", Status(checks=Checks.PENDING, review=Review.APPROVED, mergeable=True)),
        ({"a": "success"}, "ada COMMENTED", Status(checks=Checks.PASSED, review=Review.NONE, mergeable=True)),
        (
            {"a": "failure"},
            "ada APPROVED, grace CHANGES_REQUESTED",
            Status(checks=Checks.FAILED, review=Review.CHANGES_REQUESTED, mergeable=True),
        ),
    ],
)
def test_how_far_it_is(forge: GitLab, app: Forge, checks: dict[str, str], verdicts: str, told: Status) -> None:
    pull = app.create(WANTED)
    if checks:
        forge.check(NAME, 1, **checks)
    for word in filter(None, verdicts.split(", ")):
        forge.review(NAME, 1, word.split()[1], author=word.split()[0])
    assert app.status(pull) == told


def test_what_conflicts_cannot_be_merged(forge: GitLab, app: Forge) -> None:
    pull = app.create(WANTED)
    forge.commit(NAME, "main", {"b.py": "other\n"})
    assert app.status(pull).mergeable is False
    assert app.merge(pull, "merge") == Merged(outcome=Merging.REFUSED, why="conflict")


# ---- merging -----------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["merge", "squash"])
def test_it_is_merged(forge: GitLab, app: Forge, method: str) -> None:
    pull = app.create(WANTED)
    assert app.merge(pull, method).outcome is Merging.MERGED  # type: ignore[arg-type]
    assert app.get(1).state is State.MERGED
    assert forge.pull(NAME, BRANCH).squash == (method == "squash")
    assert app.merge(pull, "merge").outcome is Merging.MERGED
    assert app.merging(app.get(1)) == Merged(outcome=Merging.MERGED)


def test_what_was_not_seen_is_not_merged(forge: GitLab, app: Forge) -> None:
    pull = app.create(WANTED)
    forge.commit(NAME, BRANCH, {"z.py": ""})
    refused = app.merge(pull, "merge")
    assert (refused.outcome, "SHA does not match" in refused.why) == (Merging.REFUSED, True)


def test_a_train_has_its_own_time(forge: GitLab, app: Forge) -> None:
    forge[NAME].merge_queue = True
    pull = app.create(WANTED)
    assert app.merging(pull) is None
    for _ in range(2):
        assert app.merge(pull, "squash") == Merged(outcome=Merging.QUEUED, why="it is in the merge train")
    for client in (app, again(forge)):
        assert client.merging(pull).outcome is Merging.QUEUED  # type: ignore[union-attr]
    forge.run_train(NAME)
    for client in (app, again(forge)):
        assert client.merging(client.get(1)).outcome is Merging.MERGED  # type: ignore[union-attr]


def test_one_that_the_train_has_put_out_is_told_also_by_who_remembers_nothing(forge: GitLab, app: Forge) -> None:
    forge[NAME].merge_queue = True
    pull = app.create(WANTED)
    app.merge(pull, "merge")
    forge.evict(NAME, 1)
    for client in (app, again(forge)):
        told = client.merging(pull)
        assert told is not None
        assert (told.outcome, "because a pipeline has failed" in told.why) == (Merging.EVICTED, True)
    assert app.merge(pull, "merge").outcome is Merging.QUEUED


def test_the_forge_merges_when_the_pipeline_passes_and_not_before_there_is_one(forge: GitLab, app: Forge) -> None:
    pull = app.create(WANTED)
    with pytest.raises(ForgeFailed, match="no pipeline runs for it now") as raised:
        app.auto_merge(pull, "squash")
    assert raised.value.again
    forge.check(NAME, 1, ci=None)
    app.auto_merge(pull, "squash")
    app.auto_merge(pull, "squash")
    assert app.get(1).state is State.OPEN
    forge.check(NAME, 1, ci="success")
    assert app.get(1).state is State.MERGED


# ---- failures ----------------------------------------------------------------------------------


def everything(app: Forge, branch: str) -> PullRequest:
    pull = app.create(replace(WANTED, branch=branch))
    app.edit(pull.number, title="Edited")
    app.comment(pull.number, "Hello")
    app.add_labels(pull.number, ["more"])
    return pull


REQUESTS = 8


@pytest.mark.parametrize("kind", ["500", "reset after", "secondary"])
def test_whichever_request_fails_all_is_done_once(forge: GitLab, app: Forge, kind: Kind) -> None:
    for at in range(1, REQUESTS + 1):
        branch = f"codemod/{at}"
        forge[NAME].set(f"refs/heads/{branch}", forge[NAME].heads()[BRANCH])
        before = len(forge.requests)
        forge.fail(at, kind)
        try:
            everything(again(forge), branch)
        except ForgeFailed as error:
            pytest.fail(f"request {at}: {error}")
        assert len(forge.requests) - before >= REQUESTS
    made = [(p.title, p.labels, p.reviewers, [c.body for c in p.comments]) for p in forge.pulls(NAME)]
    assert made == [("Edited", ["codemod", "x", "more"], ["ada"], ["Hello"])] * REQUESTS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("train", [False, True])
def test_whichever_request_of_a_merge_fails_it_is_merged_once(
    forge: GitLab, app: Forge, kind: Kind, train: bool
) -> None:
    forge[NAME].merge_queue = train
    pull = app.create(WANTED)
    forge.fail(2 if train else 1, kind)
    became = app.merge(pull, "merge")
    if kind == "422":
        became = app.merge(pull, "merge")
    assert became.outcome is (Merging.QUEUED if train else Merging.MERGED)


def test_hosts_and_what_is_missing(forge: GitLab, app: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    forge.add_repository("acme/old", archived=True)
    forge.add_repository("acme/b")
    gitlab = host("127.0.0.1", environment(forge))
    assert "acme/old" not in [*gitlab.repositories("acme"), *gitlab.search("b")]
    assert "acme/b" in gitlab.repositories("acme")
    assert gitlab.search("app") == [NAME]
    assert {r.headers.get("authorization") for r in forge.requests} == {f"Bearer {forge.token}"}
    wrong = environment(forge) | {"GITLAB_TOKEN": "glpat-that-is-not-it"}
    with pytest.raises(ForgeFailed, match="the token is refused") as raised:
        connect(f"{forge.url}/{NAME}.git", wrong).default_branch()
    assert "glpat-that-is-not-it" not in str(raised.value)
    with pytest.raises(ForgeFailed, match="has no stacks"):
        app.stack([1, 2])
    monkeypatch.setitem(sys.modules, "gitlab", None)
    with pytest.raises(UsageError, match=r"pip install 'codemod-toolkit\[gitlab\]'"):
        again(forge)
