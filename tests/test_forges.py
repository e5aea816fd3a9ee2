"""Every word of the protocol, asked of a GitHub that holds each request against GitHub's own description."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from typing import Any

import pytest

from runner.errors import UsageError
from runner.forges.connect import Forges, connect, host
from runner.forges.values import Checks, Forge, ForgeFailed, Review, State, Status, Suggestion, Wanted
from tests.forge.contract import VERSIONS
from tests.forge.github import GitHub
from tests.forge.hosted import Pull
from tests.forge.serving import KINDS, Answer, Kind

NAME = "acme/app"
BRANCH = "codemod/rename/one"
WANTED = Wanted(
    branch=BRANCH,
    base="main",
    title="Rename db",
    body="Why\n",
    labels=("codemod", "x"),
    reviewers=("ada", "acme/core"),
)


def environment(forge: GitHub, version: str = VERSIONS[1]) -> dict[str, str]:
    forge.retry_after = 0
    told = {"CODEMOD_FORGE": f"github:{forge.url}/api/v3", "GITHUB_TOKEN": forge.token, "CODEMOD_GITHUB_API": version}
    return told | {"CODEMOD_PACE": "60000"}


@pytest.fixture
def app(forge: GitHub) -> Forge:
    return make(forge)


def make(forge: GitHub, version: str = VERSIONS[1]) -> Forge:
    """acme/app with a branch to merge."""
    url = forge.add_repository(NAME)
    forge.commit(NAME, "main", {"a.py": "a = 1\n"})
    forge.commit(NAME, BRANCH, {"b.py": "one = 1\ntwo = 2\n"})
    return connect(url, environment(forge, version))


def asked(forge: GitHub) -> list[str]:
    return [f"{r.method} {r.path.removeprefix('/api/v3/repos/acme/app')}" for r in forge.requests]


# ---- pull requests -----------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_a_pull_request_as_it_shall_be(forge: GitHub, version: str) -> None:
    app = make(forge, version)
    made = app.create(WANTED)
    there = forge.pull(NAME, BRANCH)
    assert (there.title, there.body, there.labels) == ("Rename db", "Why\n", ["codemod", "x"])
    assert (there.reviewers, there.teams) == (["ada"], ["core"])
    assert made == app.get(1) == app.pull_requests("codemod/rename/")[0]
    assert (made.branch, made.sha, made.base) == (BRANCH, there.head_sha, "main")
    assert (made.state, made.labels, made.reviewers) == (State.OPEN, ("codemod", "x"), ("ada", "acme/core"))
    assert (made.author, made.same_repository, made.draft) == ("codemod-bot", True, False)
    assert {r.headers["x-github-api-version"] for r in forge.requests} == {version}


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_changed_labelled_closed_and_opened_again(forge: GitHub, version: str) -> None:
    app = make(forge, version)
    forge.commit(NAME, "release", {"c.py": ""})
    number = app.create(replace(WANTED, labels=(), reviewers=(), draft=True)).number
    app.edit(number, title="Another", body="More", base="release")
    app.edit(number)
    app.add_labels(number, ["codemod"])
    app.add_labels(number, ["more", "codemod"])
    app.add_labels(number, [])
    now = app.get(number)
    assert (now.title, now.body, now.base, now.draft) == ("Another", "More", "release", True)
    assert now.labels == ("codemod", "more")
    app.close(number)
    assert app.get(number).state is State.CLOSED
    app.reopen(number)
    assert app.get(number).state is State.OPEN


def test_labels_of_others_stay(forge: GitHub, app: Forge) -> None:
    number = app.create(WANTED).number
    forge.label(NAME, number, "by hand")
    app.add_labels(number, ["codemod"])
    assert app.get(number).labels == ("codemod", "x", "by hand")


def test_one_that_is_open_already_is_taken(forge: GitHub, app: Forge) -> None:
    forge.open(NAME, BRANCH, title="By hand")
    assert app.create(WANTED).title == "By hand"
    assert [p.labels for p in forge.pulls(NAME)] == [["codemod", "x"]]


def test_one_that_is_closed_is_none_that_is_open(forge: GitHub, app: Forge) -> None:
    forge.open(NAME, BRANCH)
    forge.close(NAME, 1)
    assert app.create(WANTED).number == 2


def test_a_branch_without_commits_of_its_own_is_refused(forge: GitHub, app: Forge) -> None:
    forge.commit(NAME, "codemod/empty", {"z.py": ""})
    forge[NAME].set("refs/heads/codemod/empty", forge[NAME].heads()["main"])
    with pytest.raises(
        ForgeFailed, match=r"did not open a pull request for codemod/empty.*No commits between"
    ) as raised:
        app.create(replace(WANTED, branch="codemod/empty"))
    assert (raised.value.code, raised.value.again) == (422, False)
    assert forge.pulls(NAME) == []


def others(forge: GitHub, count: int, created: str) -> None:
    """Pull requests that have nothing to do with ours."""
    sha = forge[NAME].heads()[BRANCH]
    for number in range(1, count + 1):
        told: Any = {"title": "Other", "body": None, "base": "main", "author": "grace", "created": created}
        forge[NAME].pulls[number] = Pull(
            number=number, branch=f"others/{number}", head_sha=sha, fork="grace/app", **told
        )


def test_one_listing_tells_all_of_a_batch(forge: GitHub, app: Forge) -> None:
    sha = forge[NAME].heads()[BRANCH]
    others(forge, 120, "2026-01-01T00:00:00Z")
    forge.open(NAME, BRANCH)
    forge.merge(NAME, 121)
    forge.commit(NAME, "codemod/rename/two", {"c.py": ""})
    forge.open(NAME, "codemod/rename/two")
    forge.open(NAME, "codemod/rename/three", fork="grace/app", sha=sha)
    forge.close(NAME, 122)
    forge.requests.clear()
    found = app.pull_requests("codemod/rename/")
    assert [(p.number, p.state, p.same_repository) for p in found] == [
        (123, State.OPEN, False),
        (122, State.CLOSED, True),
        (121, State.MERGED, True),
    ]
    assert asked(forge) == ["GET ", "GET /pulls", "GET /pulls"]
    assert app.pull_requests("codemod/other/") == []


def test_a_listing_ends_where_nothing_can_matter_any_more(forge: GitHub, app: Forge) -> None:
    others(forge, 101, "2020-01-01T00:00:00Z")
    forge.open(NAME, BRANCH)
    forge.requests.clear()
    assert [p.number for p in app.pull_requests("codemod/", since=1_700_000_000)] == [102]
    assert asked(forge) == ["GET ", "GET /pulls"]


def test_files_and_the_default_branch(forge: GitHub, app: Forge) -> None:
    number = app.create(WANTED).number
    assert app.files(number) == ["b.py"]
    assert app.default_branch() == "main"


# ---- people ------------------------------------------------------------------------------------


def test_nobody_is_asked_to_review_what_they_opened(forge: GitHub, app: Forge) -> None:
    app.create(replace(WANTED, reviewers=("codemod-bot", "ada")))
    assert forge.pull(NAME, BRANCH).reviewers == ["ada"]


def test_a_stranger_does_not_keep_others_from_being_asked(forge: GitHub, app: Forge) -> None:
    said: list[str] = []
    forge[NAME].strangers.add("mallory")
    app = connect(f"{forge.url}/{NAME}.git", environment(forge), told=said.append)
    made = app.create(replace(WANTED, reviewers=("mallory", "ada")))
    app.request_reviews(1, ["ada", "mallory", "codemod-bot", "@acme/core", "somebody@example.com"])
    app.request_reviews(1, ["mallory"])
    assert (forge.pull(NAME, BRANCH).reviewers, forge.pull(NAME, BRANCH).teams) == (["ada"], ["core"])
    assert made.reviewers == ("ada",)
    assert [line.partition(": Review")[0] for line in said] == [
        "127.0.0.1: mallory cannot be asked for a review",
        "127.0.0.1: codemod-bot cannot be asked for a review",
    ]


def test_who_has_an_address_only_is_asked_by_nobody(forge: GitHub, app: Forge) -> None:
    app.create(replace(WANTED, reviewers=("ada@example.com",)))
    assert "POST /pulls/1/requested_reviewers" not in asked(forge)


def test_the_same_is_said_once(forge: GitHub, app: Forge) -> None:
    number = app.create(WANTED).number
    for text in ("closed: 1\n2", "closed: 1\r\n2\n", "another"):
        app.comment(number, text)
    assert [c.body for c in forge.pull(NAME, BRANCH).comments] == ["closed: 1\n2", "another"]


def test_suggestions_are_one_review(forge: GitHub, app: Forge) -> None:
    pull = app.create(WANTED)
    given = [
        Suggestion(path="b.py", first=1, last=2, text='one = """\n```\n"""\n', reason="It is one."),
        Suggestion(path="b.py", first=2, last=2, text="", reason="Not needed."),
    ]
    app.suggest(pull, given)
    app.suggest(pull, given)
    app.suggest(pull, [])
    (review,) = forge.pull(NAME, BRANCH).reviews
    assert [(c["path"], c.get("start_line"), c["line"]) for c in review.comments] == [
        ("b.py", 1, 2),
        ("b.py", None, 2),
    ]
    assert review.comments[0]["body"] == 'It is one.\n\n````suggestion\none = """\n```\n"""\n````'
    assert review.comments[1]["body"] == "Not needed.\n\n```suggestion\n```"
    with pytest.raises(ForgeFailed, match="Line could not be resolved"):
        app.suggest(pull, [Suggestion(path="b.py", first=9, last=9, text="x\n", reason="")])


# ---- how far it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("checks", "statuses", "told"),
    [
        ({}, {}, Checks.NONE),
        ({"a": "success", "b": "skipped"}, {}, Checks.PASSED),
        ({"a": "success", "b": None}, {}, Checks.PENDING),
        ({"a": None, "b": "failure"}, {}, Checks.FAILED),
        ({"a": "cancelled"}, {}, Checks.FAILED),
        ({}, {"a": "success"}, Checks.PASSED),
        ({"a": "success"}, {"a": "pending"}, Checks.PENDING),
        ({"a": "success"}, {"a": "error"}, Checks.FAILED),
    ],
)
def test_what_checks_say_together(
    forge: GitHub, app: Forge, checks: dict[str, Any], statuses: dict[str, str], told: Checks
) -> None:
    pull = app.create(WANTED)
    forge.check(NAME, 1, **checks)
    forge[NAME].statuses[pull.sha] = statuses
    assert app.status(pull) == Status(checks=told, review=Review.NONE, mergeable=True)


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [
        ("", Review.NONE),
        ("ada COMMENTED", Review.NONE),
        ("ada APPROVED", Review.APPROVED),
        ("ada APPROVED, ada COMMENTED", Review.APPROVED),
        ("ada CHANGES_REQUESTED, grace APPROVED", Review.CHANGES_REQUESTED),
        ("ada CHANGES_REQUESTED, ada APPROVED", Review.APPROVED),
        ("ada APPROVED, ada DISMISSED", Review.NONE),
    ],
)
def test_the_last_word_of_each_reviewer_counts(forge: GitHub, app: Forge, verdicts: str, told: Review) -> None:
    pull = app.create(WANTED)
    for word in filter(None, verdicts.split(", ")):
        forge.review(NAME, 1, word.split()[1], author=word.split()[0])
    assert app.status(pull).review is told


def test_what_conflicts_cannot_be_merged(forge: GitHub, app: Forge) -> None:
    pull = app.create(WANTED)
    forge.commit(NAME, "main", {"b.py": "other\n"})
    assert app.status(pull).mergeable is False


# ---- hosts -------------------------------------------------------------------------------------


def test_the_repositories_of_an_organisation_or_a_person(forge: GitHub) -> None:
    for name, more in (("acme/b", {}), ("acme/a", {}), ("acme/old", {"archived": True}), ("grace/x", {})):
        forge.add_repository(name)
        for key, value in more.items():
            setattr(forge[name], key, value)
    github = host("127.0.0.1", environment(forge))
    assert github.repositories("acme") == ["acme/a", "acme/b"]
    assert github.search("org:acme archived:false") == ["acme/a", "acme/b"]
    assert github.repository("grace/x").default_branch() == "main"
    with pytest.raises(UsageError, match="does not name a repository"):
        github.repository("acme/a/../b")


def test_an_archived_repository_says_so(forge: GitHub, app: Forge) -> None:
    forge[NAME].archived = True
    with pytest.raises(ForgeFailed, match="the token may not do this: Repository was archived") as raised:
        app.create(WANTED)
    assert (raised.value.code, raised.value.again) == (403, False)


def test_repositories_of_one_host_share_its_pace(forge: GitHub, app: Forge) -> None:
    forge.add_repository("acme/b")
    many = Forges(environment(forge) | {"CODEMOD_PACE": "60"})
    first, second = many.connect(f"{forge.url}/{NAME}.git"), many.connect(f"{forge.url}/acme/b.git")
    before = second.estimate(10)
    first.create(replace(WANTED, labels=(), reviewers=()))
    assert before <= 30 < second.estimate(10) <= 31
    assert app.estimate(10) < 1


@pytest.mark.parametrize(
    "text", ["<html>log in first</html>", '"yes"', '{"full_name": 5}', '{"full_name": "a/b/../c"}', "[]"]
)
def test_an_answer_of_something_else_costs_itself(
    forge: GitHub, app: Forge, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GitHub, "answer", lambda self, request: Answer(200, text.encode()))
    with pytest.raises(ForgeFailed, match="answer"):
        app.pull_requests("codemod/")


def test_what_is_not_there_is_told_as_that(forge: GitHub, app: Forge) -> None:
    with pytest.raises(
        ForgeFailed, match=r"127\.0\.0\.1 did not show pull request 7 \(404\): there is no such thing"
    ):
        app.get(7)


def test_a_missing_package_is_one_line(forge: GitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "github", None)
    with pytest.raises(UsageError, match=r"pip install 'codemod-toolkit\[github\]'"):
        connect("https://github.com/o/r", {"GITHUB_TOKEN": "ghp_of_nobody"})


# ---- failures ----------------------------------------------------------------------------------


def everything(app: Forge, branch: str) -> None:
    pull = app.create(replace(WANTED, branch=branch))
    app.edit(pull.number, title="Edited")
    app.comment(pull.number, "Hello")
    app.suggest(pull, [Suggestion(path="b.py", first=1, last=1, text="one = 2\n", reason="So.")])


DONE = ("Edited", ["codemod", "x"], ["ada"], ["core"], ["Hello"], 1, "open")
REQUESTS = 9


@pytest.mark.parametrize("kind", KINDS)
def test_whichever_request_fails_all_is_done_once(forge: GitHub, app: Forge, kind: Kind) -> None:
    for at in range(1, REQUESTS + 1):
        branch = f"codemod/{at}"
        forge[NAME].set(f"refs/heads/{branch}", forge[NAME].heads()[BRANCH])
        before = len(forge.requests)
        forge.fail(at, kind)
        try:
            everything(make_again(forge), branch)
        except ForgeFailed:
            assert kind == "422"
            everything(make_again(forge), branch)
        assert len(forge.requests) - before >= REQUESTS
    made = [
        (p.title, p.labels, p.reviewers, p.teams, [c.body for c in p.comments], len(p.reviews), p.state)
        for p in forge.pulls(NAME)
    ]
    assert made == [DONE] * REQUESTS


def make_again(forge: GitHub) -> Forge:
    """As the next run does it."""
    return connect(f"{forge.url}/{NAME}.git", environment(forge))


def test_an_answer_that_never_comes_is_looked_for(forge: GitHub, app: Forge) -> None:
    app = connect(f"{forge.url}/{NAME}.git", environment(forge) | {"CODEMOD_FORGE_TIMEOUT": "1"})
    app.default_branch()
    forge.fail(1, "hang after")
    assert app.create(WANTED).number == 1
    assert asked(forge)[1:4] == ["POST /pulls", "GET /pulls", "POST /pulls/1/requested_reviewers"]


def test_a_server_that_is_gone_is_told(forge: GitHub) -> None:
    told = environment(forge) | {"CODEMOD_FORGE": "github:http://127.0.0.1:9/api/v3"}
    with pytest.raises(ForgeFailed, match=r"127\.0\.0\.1 did not show acme/app: no connection") as raised:
        connect("http://127.0.0.1:9/acme/app", told).default_branch()
    assert raised.value.again


def test_a_server_that_stays_broken_is_told(forge: GitHub, app: Forge) -> None:
    for at in range(1, 5):
        forge.fail(at, "500")
    with pytest.raises(ForgeFailed, match=r"\(500\): Server Error") as raised:
        app.default_branch()
    assert raised.value.again
    assert len(forge.requests) == 4


# ---- tokens ------------------------------------------------------------------------------------


def test_no_log_and_no_error_holds_the_token(forge: GitHub, app: Forge, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    everything(app, BRANCH)
    assert "POST" in caplog.text  # PyGithub and urllib3 do write what they send
    wrong = environment(forge) | {"GITHUB_TOKEN": "ghp_that_is_not_it"}
    with pytest.raises(ForgeFailed, match="the token is refused") as raised:
        connect(f"{forge.url}/{NAME}.git", wrong).default_branch()
    for text in (caplog.text, str(raised.value), repr(raised.value), repr(vars(app))):
        assert forge.token not in text
        assert "ghp_that_is_not_it" not in text


def test_a_text_of_ours_cannot_hold_it_either(forge: GitHub, app: Forge) -> None:
    """A forge may say it back to us."""
    with pytest.raises(ForgeFailed) as raised:
        app.create(replace(WANTED, base=f"nothing-{forge.token}"))
    assert forge.token not in str(raised.value)
