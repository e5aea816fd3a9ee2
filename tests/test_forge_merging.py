"""Merging on GitHub: by its queue, in stacks, when checks pass, and what is told where it does not."""

from __future__ import annotations

import pytest

from runner.forges.connect import connect
from runner.forges.values import Forge, ForgeFailed, Merged, Merging, PullRequest, State, Wanted
from tests.forge.contract import VERSIONS
from tests.forge.github import GitHub
from tests.forge.serving import KINDS, Kind

NAME = "acme/app"


def again(forge: GitHub, version: str = VERSIONS[1]) -> Forge:
    """A client that remembers nothing."""
    forge.retry_after = 0
    told = {"CODEMOD_FORGE": f"github:{forge.url}/api/v3", "GITHUB_TOKEN": forge.token, "CODEMOD_PACE": "60000"}
    return connect(f"{forge.url}/{NAME}.git", told | {"CODEMOD_GITHUB_API": version})


@pytest.fixture
def app(forge: GitHub) -> Forge:
    forge.add_repository(NAME)
    forge.commit(NAME, "main", {"a.py": "a = 1\n"})
    return again(forge)


def opened(forge: GitHub, app: Forge, branch: str, base: str = "main", **more: bool) -> PullRequest:
    if base != "main":
        forge[NAME].set(f"refs/heads/{branch}", forge[NAME].heads()[base])
    forge.commit(NAME, branch, {f"{branch}.py": "x = 1\n"})
    return app.create(Wanted(branch=branch, base=base, title=branch, body="", **more))


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_a_merge_is_asked_for_and_looked_after(forge: GitHub, app: Forge, method: str) -> None:
    forge[NAME].polls = 3
    pull = opened(forge, app, "one")
    assert app.merge(pull, method).outcome is Merging.MERGED  # type: ignore[arg-type]
    assert app.get(pull.number).state is State.MERGED
    assert app.merging(app.get(pull.number)) == Merged(outcome=Merging.MERGED)
    assert [r.path.partition("merge")[2][:6] for r in forge.requests if "merge" in r.path] == ["-async"] * 4


def test_one_that_is_merged_already_is_merged(forge: GitHub, app: Forge) -> None:
    pull = opened(forge, app, "one")
    forge.merge(NAME, pull.number)
    assert app.merge(pull, "squash").outcome is Merging.MERGED
    assert len([p for p in forge.pulls(NAME) if p.merged]) == 1


def test_what_was_not_seen_is_not_merged(forge: GitHub, app: Forge) -> None:
    pull = opened(forge, app, "one")
    forge.commit(NAME, "one", {"z.py": ""})
    refused = app.merge(pull, "merge")
    assert (refused.outcome, refused.why) == (
        Merging.REFUSED,
        "Head branch was modified. Review and try the merge again.",
    )
    assert app.get(pull.number).state is State.OPEN


def test_a_draft_is_refused_with_the_reason(forge: GitHub, app: Forge) -> None:
    refused = app.merge(opened(forge, app, "one", draft=True), "merge")
    assert (refused.outcome, refused.why) == (Merging.REFUSED, "Pull Request is still a draft")


def test_a_conflict_is_refused_with_the_reason(forge: GitHub, app: Forge) -> None:
    pull = opened(forge, app, "one")
    forge.commit(NAME, "main", {"one.py": "other\n"})
    refused = app.merge(pull, "merge")
    assert (refused.outcome, refused.why) == (Merging.REFUSED, "Pull Request #1 is not mergeable")


def test_one_that_somebody_merges_as_it_was_before_is_left(forge: GitHub, app: Forge) -> None:
    before = opened(forge, app, "one")
    forge[NAME].polls = 100
    app._host.ask("merge", "PUT", app._path("pulls", 1, "merge-async"), {"sha": before.sha})  # type: ignore[attr-defined]
    forge.commit(NAME, "one", {"z.py": ""})
    refused = app.merge(app.get(1), "merge")
    assert (refused.outcome, refused.why) == (Merging.REFUSED, "its head is being merged as it was before")


def test_one_that_is_still_being_merged_is_not_merged_yet(forge: GitHub, app: Forge) -> None:
    forge[NAME].polls = 8
    pull = opened(forge, app, "one")
    assert app.merge(pull, "merge").outcome is Merging.QUEUED
    assert app.merging(pull) == Merged(outcome=Merging.QUEUED, why="it is being merged")
    assert app.merging(pull).outcome is Merging.MERGED  # type: ignore[union-attr]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_queue_has_its_own_time(forge: GitHub, app: Forge, version: str) -> None:
    forge[NAME].merge_queue = True
    pull = opened(forge, app, "one")
    assert app.merging(pull) is None
    assert app.merge(pull, "squash").outcome is Merging.QUEUED
    assert app.merge(pull, "squash").outcome is Merging.QUEUED
    for client in (app, again(forge, version)):
        assert client.merging(pull).outcome is Merging.QUEUED  # type: ignore[union-attr]
    forge.run_queue(NAME)
    for client in (app, again(forge, version)):
        assert client.merging(client.get(1)).outcome is Merging.MERGED  # type: ignore[union-attr]


def test_one_that_the_queue_has_put_out_is_told_also_by_who_remembers_nothing(forge: GitHub, app: Forge) -> None:
    forge[NAME].merge_queue = True
    pull = opened(forge, app, "one")
    app.merge(pull, "merge")
    forge.evict(NAME, 1, "a test failed")
    assert app.merging(pull) == Merged(outcome=Merging.EVICTED, why="Removed from the merge queue: a test failed")
    assert again(forge).merging(pull) == Merged(outcome=Merging.EVICTED, why="it was removed from the merge queue")
    assert app.merge(pull, "merge").outcome is Merging.QUEUED
    assert again(forge).merging(pull).outcome is Merging.QUEUED  # type: ignore[union-attr]


def test_a_server_without_it_merges_by_the_older_way(
    forge: GitHub, app: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    older(forge, monkeypatch)
    pull, other = opened(forge, app, "one"), opened(forge, app, "two")
    assert app.merge(pull, "squash") == Merged(outcome=Merging.MERGED, why="Pull Request successfully merged")
    forge.commit(NAME, "two", {"z.py": ""})
    refused = app.merge(other, "merge")
    assert (refused.outcome, refused.why.startswith("Head branch was modified")) == (Merging.REFUSED, True)


def older(forge: GitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.forge.github import not_found
    from tests.forge.github_merging import MERGING

    def missing(call: object) -> None:
        raise not_found()

    monkeypatch.setitem(MERGING, "pulls/merge-async", missing)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_whichever_request_of_a_merge_fails_it_is_merged_once(forge: GitHub, app: Forge, kind: Kind) -> None:
    for at in (1, 2):
        pull = opened(forge, app, f"new{at}")
        forge.fail(at, kind)
        try:
            became = app.merge(pull, "merge")
        except ForgeFailed:
            became = again(forge).merge(pull, "merge")
        if kind == "422" and became.outcome is Merging.REFUSED:
            became = again(forge).merge(pull, "merge")
        assert became.outcome is Merging.MERGED, at
    assert [p.merged for p in forge.pulls(NAME)] == [True, True]


@pytest.mark.parametrize("kind", KINDS)
def test_the_older_way_is_as_safe(forge: GitHub, app: Forge, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    older(forge, monkeypatch)
    pull = opened(forge, app, "one")
    forge.fail(2, kind)
    became = app.merge(pull, "merge")
    if kind == "422":
        assert became.outcome is Merging.REFUSED
        became = app.merge(pull, "merge")
    assert became.outcome is Merging.MERGED


# ---- by itself ---------------------------------------------------------------------------------


def test_the_forge_merges_when_checks_pass(forge: GitHub, app: Forge) -> None:
    pull = opened(forge, app, "one")
    forge.check(NAME, 1, ci=None)
    app.auto_merge(pull, "squash")
    app.auto_merge(pull, "squash")
    assert app.get(1).state is State.OPEN
    forge.check(NAME, 1, ci="success")
    assert app.get(1).state is State.MERGED


def test_where_that_is_not_allowed_the_reason_is_told(forge: GitHub, app: Forge) -> None:
    pull = opened(forge, app, "one")
    forge.check(NAME, 1, ci=None)
    forge[NAME].auto_merge = False
    with pytest.raises(ForgeFailed, match=r"merged when its checks pass: .*not allowed for this repository"):
        app.auto_merge(pull, "merge")


# ---- stacks ------------------------------------------------------------------------------------


def stacked(forge: GitHub, app: Forge) -> list[PullRequest]:
    return [opened(forge, app, "one"), opened(forge, app, "two", "one"), opened(forge, app, "three", "two")]


def test_a_stack_is_told_once_and_grows(forge: GitHub, app: Forge) -> None:
    stacked(forge, app)
    for numbers in ([1, 2], [1, 2], [1], [1, 2, 3], [1, 2, 3]):
        app.stack(numbers)
        assert [s.members for s in forge[NAME].stacks] == [[1, 2, 3]] if len(numbers) == 3 else [[1, 2]]


def test_what_stands_on_nothing_of_it_is_refused(forge: GitHub, app: Forge) -> None:
    opened(forge, app, "one")
    opened(forge, app, "two")
    with pytest.raises(ForgeFailed, match="did not stack pull requests 1, 2"):
        app.stack([1, 2])


def test_a_member_is_merged_with_what_it_stands_on(forge: GitHub, app: Forge) -> None:
    pulls = stacked(forge, app)
    app.stack([1, 2, 3])
    forge.check(NAME, 2, ci=None)
    with pytest.raises(ForgeFailed, match="is in a stack"):
        app.auto_merge(pulls[1], "merge")
    assert app.merge(pulls[1], "merge").outcome is Merging.MERGED
    assert [p.merged for p in forge.pulls(NAME)] == [True, True, False]


@pytest.mark.parametrize("kind", KINDS)
def test_whichever_request_of_a_stack_fails_there_is_one(forge: GitHub, app: Forge, kind: Kind) -> None:
    stacked(forge, app)
    for at in (1, 2, 3):
        forge[NAME].stacks.clear()
        forge.fail(at, kind)
        for client in (app, again(forge)):
            try:
                client.stack([1, 2, 3])
            except ForgeFailed:
                assert kind == "422"
        assert [s.members for s in forge[NAME].stacks] == [[1, 2, 3]]
