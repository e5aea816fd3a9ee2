"""Gitea and Bitbucket by the same protocol, as far as they go; fakes are all that they were ever tested against."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from runner.errors import UsageError
from runner.forges.connect import connect, host
from runner.forges.values import Checks, Forge, ForgeFailed, Merged, Merging, Review, State, Status, Wanted
from tests.forge.bitbucket import Bitbucket
from tests.forge.gitea import Gitea
from tests.forge.people import Forge as Fake

NAME = "acme/app"
BRANCH = "codemod/rename/one"
WANTED = Wanted(
    branch=BRANCH, base="main", title="Rename db", body="Why\n", labels=("codemod", "x"), reviewers=("ada",)
)
KINDS = {"gitea": (Gitea, "/api/v1"), "bitbucket": (Bitbucket, "/2.0")}


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Fake]]:
    running: dict[str, Fake] = {kind: cls(tmp_path_factory.mktemp(kind)) for kind, (cls, _) in KINDS.items()}
    yield running
    for server in running.values():
        server.stop()


@pytest.fixture(params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def forge(servers: dict[str, Fake], kind: str) -> Iterator[Fake]:
    server = servers[kind]
    server.reset()
    server.retry_after = 0
    yield server
    assert server.violations == []


def environment(forge: Fake, kind: str) -> dict[str, str]:
    told = {"CODEMOD_FORGE": f"{kind}:{forge.url}{KINDS[kind][1]}", f"{kind.upper()}_TOKEN": forge.token}
    return told | {"CODEMOD_PACE": "60000"}


def again(forge: Fake, kind: str) -> Forge:
    return connect(f"{forge.url}/{NAME}.git", environment(forge, kind))


@pytest.fixture
def app(forge: Fake, kind: str) -> Forge:
    forge.add_repository(NAME)
    forge[NAME].labels.add("x")
    forge.commit(NAME, "main", {"a.py": "a = 1\n"})
    forge.commit(NAME, BRANCH, {"b.py": "one = 1\n"})
    return again(forge, kind)


def test_a_pull_request_as_it_shall_be(forge: Fake, app: Forge) -> None:
    made = app.create(WANTED)
    there = forge.pull(NAME, BRANCH)
    assert (there.title, there.body, there.reviewers) == ("Rename db", "Why\n", ["ada"])
    assert there.labels == list(WANTED.labels) * app.capabilities.labels
    assert made == app.get(1) == app.pull_requests("codemod/rename/")[0]
    assert (made.branch, made.base, made.state, made.reviewers) == (BRANCH, "main", State.OPEN, ("ada",))
    assert (made.author, made.same_repository, made.draft) == ("codemod-bot", True, False)
    assert there.head_sha.startswith(made.sha)
    assert app.files(1) == ["b.py"]
    assert app.default_branch() == "main"
    assert app.create(WANTED).number == 1
    assert not app.capabilities.tested


def test_it_is_changed_and_closed(forge: Fake, app: Forge, kind: str) -> None:
    forge.commit(NAME, "release", {"c.py": ""})
    app.create(replace(WANTED, draft=True))
    app.edit(1, title="Another", body="More", base="release")
    app.edit(1)
    app.add_labels(1, ["more"])
    app.request_reviews(1, ["ada", "@grace", "somebody@example.com"])
    now = app.get(1)
    assert (now.title, now.body, now.base, now.draft) == ("Another", "More", "release", True)
    assert now.labels == (("codemod", "x", "more") if app.capabilities.labels else ())
    assert now.reviewers == ("ada", "grace")
    app.close(1)
    assert app.get(1).state is State.CLOSED
    if kind == "bitbucket":
        with pytest.raises(ForgeFailed, match="opens no pull request again"):
            app.reopen(1)
        app.close(1)
    else:
        app.reopen(1)
        assert app.get(1).state is State.OPEN


def test_a_reviewer_who_is_unknown_costs_nobody_else(forge: Fake, app: Forge, kind: str) -> None:
    said: list[str] = []
    forge[NAME].strangers.add("mallory")
    app = connect(f"{forge.url}/{NAME}.git", environment(forge, kind), told=said.append)
    app.create(replace(WANTED, reviewers=("mallory", "ada")))
    app.request_reviews(1, ["mallory", "grace"])
    assert forge.pull(NAME, BRANCH).reviewers == ["ada", "grace"]
    assert [line.partition(" cannot")[0] for line in said[1:]] == ["127.0.0.1: mallory"]


def test_one_listing_tells_all_of_a_batch(forge: Fake, app: Forge) -> None:
    sha = forge[NAME].heads()[BRANCH]
    for number in range(55):
        forge.open(NAME, f"others/{number}", fork="grace/app", sha=sha, created="2026-01-01T00:00:00Z")
    forge.open(NAME, BRANCH)
    forge.merge(NAME, 56)
    forge.open(NAME, "codemod/rename/two", fork="grace/app", sha=sha)
    forge.close(NAME, 57)
    found = app.pull_requests("codemod/rename/")
    assert [(p.number, p.state, p.same_repository) for p in found] == [
        (57, State.CLOSED, False),
        (56, State.MERGED, True),
    ]
    assert len(app.pull_requests("")) == 57


def test_the_same_is_said_once(forge: Fake, app: Forge) -> None:
    app.create(WANTED)
    for text in ("closed: 1\n2\n", "closed: 1\n2", "another"):
        app.comment(1, text)
    assert [c.body for c in forge.pull(NAME, BRANCH).comments] == ["closed: 1\n2\n", "another"]


def test_how_far_it_is(forge: Fake, app: Forge, kind: str) -> None:
    mergeable = None if kind == "bitbucket" else True
    pull = app.create(replace(WANTED, reviewers=()))
    assert app.status(pull) == Status(checks=Checks.NONE, review=Review.NONE, mergeable=mergeable)
    forge.check(NAME, 1, ci=None)
    forge.review(NAME, 1, "APPROVED", author="ada")
    assert app.status(pull) == Status(checks=Checks.PENDING, review=Review.APPROVED, mergeable=mergeable)
    forge.check(NAME, 1, ci="failure")
    forge.review(NAME, 1, "CHANGES_REQUESTED", author="ada")
    told = Status(checks=Checks.FAILED, review=Review.CHANGES_REQUESTED, mergeable=mergeable)
    assert app.status(pull) == told


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_it_is_merged(forge: Fake, app: Forge, method: str) -> None:
    pull = app.create(WANTED)
    assert app.merging(pull) is None
    assert app.merge(pull, method).outcome is Merging.MERGED  # type: ignore[arg-type]
    assert app.merge(pull, method).outcome is Merging.MERGED  # type: ignore[arg-type]
    assert app.merging(app.get(1)) == Merged(outcome=Merging.MERGED)


def test_what_was_not_seen_or_conflicts_is_not_merged(forge: Fake, app: Forge) -> None:
    pull = app.create(WANTED)
    forge.commit(NAME, BRANCH, {"z.py": ""})
    assert app.merge(pull, "merge").outcome is Merging.REFUSED
    forge.commit(NAME, "main", {"b.py": "other\n"})
    refused = app.merge(app.get(1), "merge")
    assert (refused.outcome, bool(refused.why)) == (Merging.REFUSED, True)
    assert app.get(1).state is State.OPEN


def test_what_a_forge_does_not_have_is_told(forge: Fake, app: Forge, kind: str) -> None:
    pull = app.create(WANTED)
    for ask in (lambda: app.stack([1]), lambda: app.suggest(pull, []), lambda: app.auto_merge(pull, "merge")):
        with pytest.raises(ForgeFailed):
            ask()
    if kind == "gitea":
        forge.check(NAME, 1, ci=None)
        app.auto_merge(pull, "squash")
        forge.check(NAME, 1, ci="success")
        assert app.get(1).state is State.MERGED


@pytest.mark.parametrize("failure", ["502 after", "secondary"])
def test_whichever_request_fails_all_is_done_once(forge: Fake, app: Forge, kind: str, failure: str) -> None:
    at, count = 1, 99
    while at <= count:
        branch = f"codemod/{at}"
        forge[NAME].set(f"refs/heads/{branch}", forge[NAME].heads()[BRANCH])
        before = len(forge.requests)
        if at > 1:
            forge.fail(at, failure)  # type: ignore[arg-type]
        client = again(forge, kind)
        pull = client.create(replace(WANTED, branch=branch))
        client.comment(pull.number, "Hello")
        client.edit(pull.number, title="Edited")
        if at == 1:
            count = len(forge.requests) - before  # how many it takes where none fails
        at += 1
    labels = ["codemod", "x"] * app.capabilities.labels
    made = {(p.title, *p.labels, *p.reviewers, *(c.body for c in p.comments)) for p in forge.pulls(NAME)}
    assert made == {("Edited", *labels, "ada", "Hello")}
    assert len(forge.pulls(NAME)) == count >= 7
    assert len(forge[NAME].labels) <= 2


def test_hosts(forge: Fake, app: Forge, kind: str) -> None:
    said: list[str] = []
    forge.add_repository("acme/b")
    server = host("127.0.0.1", environment(forge, kind), told=said.append)
    assert server.repositories("acme") == ["acme/app", "acme/b"]
    assert server.search("app" if kind == "gitea" else "acme/app") == ["acme/app"]
    assert said == [f"127.0.0.1: what we know of {kind} is tested against a fake only"]


def test_a_wrong_token_and_a_missing_package_are_one_line(
    forge: Fake, app: Forge, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = environment(forge, kind) | {f"{kind.upper()}_TOKEN": "tok-that-is-not-it"}
    with pytest.raises(ForgeFailed, match="the token is refused") as raised:
        connect(f"{forge.url}/{NAME}.git", wrong).default_branch()
    assert "tok-that-is-not-it" not in str(raised.value)
    monkeypatch.setitem(sys.modules, "requests", None)
    with pytest.raises(UsageError, match=rf"pip install 'codemod-toolkit\[{kind}\]'"):
        again(forge, kind)


def test_a_netrc_has_no_say_in_it(forge: Fake, app: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login other password of-another\n")
    monkeypatch.setenv("NETRC", str(file))
    assert app.default_branch() == "main"
    assert {r.token for r in forge.requests} == {forge.token}
