"""A batch whose requests fail, whose process is killed and whose base moves ends as if nothing had happened.

With LONG_TESTS, as `make realworld ARGS=--batches` runs them, they try everything; otherwise a part of it.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.command import in_bytes
from tests.forge.batches import NAME, NEW, Batch
from tests.forge.bitbucket import Bitbucket
from tests.forge.gitea import Gitea
from tests.forge.github import GitHub
from tests.forge.gitlab import GitLab
from tests.forge.people import Forge
from tests.forge.serving import KINDS, Kind

LONG = "LONG_TESTS" in os.environ
Git = Callable[..., str]


@pytest.fixture
def batch(forge: GitHub, tmp_path: Path, git: Git) -> Callable[[int], Batch]:
    """`batch(5)`: five directories, of which each will be an item."""
    forge.retry_after = 0

    def make(items: int) -> Batch:
        return Batch.made(forge, tmp_path, git, items)

    return make


def requests_of(batch: Batch) -> int:
    """How many requests a run takes where none fails."""
    sent = len(batch.forge.requests)
    done = batch.run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert batch.state() == batch.wanted()
    return len(batch.forge.requests) - sent


# ---- requests that fail ------------------------------------------------------------------------


def after_faults(batch: Batch, *faults: tuple[int, Kind]) -> None:
    """A run in which these requests fail, and one more: everything is there, and nothing twice."""
    sent = len(batch.forge.requests)
    for at, kind in faults:
        batch.forge.fail(at, kind)
    first = batch.run()
    batch.forge.fail_no_more()
    hit = [str(r) for r in batch.forge.requests[sent:] if r.fault]
    assert first.returncode in (0, 2, 3), (faults, hit, first.stderr)
    second = batch.run()
    assert second.returncode == 0, (faults, hit, first.stderr, second.stderr)
    assert batch.state() == batch.wanted(), (faults, hit, first.stderr)


def test_every_request_fails_once(batch: Callable[[int], Batch]) -> None:
    mine = batch(5 if LONG else 2)
    total = requests_of(mine)
    assert total > 10
    faults = [(at, kind) for at in range(1, total + 1) for kind in KINDS]
    # otherwise the listing, the push, and what opens the first pull request, asks for its review and labels it
    few: list[tuple[int, Kind]] = [(4, "500"), (total - 6, "502 after"), (total - 5, "504 after")]
    few += [(total - 4, "reset after"), (total - 3, "422")]
    for at, kind in faults if LONG else few:
        mine.clean()
        after_faults(mine, (at, kind))


if LONG:

    @pytest.mark.parametrize("kind", [GitLab, Gitea, Bitbucket])
    def test_every_request_to_another_forge_fails_once(kind: type[Forge], tmp_path: Path, git: Git) -> None:
        forge = kind(tmp_path / "forge")
        forge.retry_after = 0
        mine = Batch.made(forge, tmp_path, git, 3)
        total = requests_of(mine)
        for at in range(1, total + 1):
            for fault in KINDS:
                mine.clean()
                after_faults(mine, (at, fault))
        forge.stop()
        assert forge.violations == []

    @pytest.mark.parametrize("seed", range(int(os.environ["LONG_TESTS"]) // 10))
    def test_two_requests_fail(batch: Callable[[int], Batch], seed: int) -> None:
        mine = batch(5)
        total = requests_of(mine)
        chance = random.Random(seed)
        for _ in range(10):
            mine.clean()
            after_faults(mine, *((chance.randint(1, total), chance.choice(KINDS)) for _ in range(2)))


# ---- a process that is killed ------------------------------------------------------------------


def killed_sometime(batch: Batch, chance: random.Random, total: int) -> bool:
    """Killed when a request comes, before or after the server acts, or at any time in between."""
    if chance.random() < 0.5:
        return batch.killed(chance.randint(1, total), acted=chance.random() < 0.5)
    process = batch.started()
    time.sleep(chance.uniform(0.2, 1.5))
    if (ended := process.poll()) is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    return ended is None


@pytest.mark.parametrize("seed", range(10 if LONG else 1))
def test_kills_cost_nothing(batch: Callable[[int], Batch], seed: int) -> None:
    mine = batch(12 if LONG else 3)
    chance, kills = random.Random(seed), 0
    for _ in range(8 if LONG else 2):
        kills += killed_sometime(mine, chance, 8 + 3 * len(mine.items))
        mine.forget()
    if not kills:  # a machine may be done before
        kills += mine.killed(4, acted=False)
        mine.forget()
    assert kills
    for _ in range(2 if LONG else 1):
        done = mine.run()
        assert done.returncode == 0, done.stdout + done.stderr
        assert mine.state() == mine.wanted()
    closed, diverged = (mine.forge.pull(NAME, f"codemod/x/{name}") for name in mine.items[:2])
    mine.forge.close(NAME, closed.number)
    mine.forge.commit(NAME, diverged.branch, {f"{mine.items[1]}/x.py": "mine = 1\n"}, author="Grace")
    heads = mine.forge[NAME].heads()
    for _ in range(2 if LONG else 1):
        if LONG:
            killed_sometime(mine, chance, 12)
        mine.forget()
        assert mine.run().returncode == 0
    assert mine.forge[NAME].heads() == heads
    assert mine.state() == mine.wanted(
        **{
            mine.items[0]: (closed.branch, "closed", ("codemod",), ("grace",), NEW),
            mine.items[1]: (diverged.branch, "open", ("codemod",), ("grace",), "mine = 1\n"),
        }
    )


# ---- a base that moves -------------------------------------------------------------------------


def test_the_base_moves(batch: Callable[[int], Batch]) -> None:
    """Under open pull requests: what a move does not touch is not pushed, and what people decided and did stays."""
    mine = batch(40 if LONG else 5)
    forge, items = mine.forge, mine.items
    in_bytes(mine.root, "run", "modernize-typing", "-n", "-q", env=mine.environment)
    told = in_bytes(mine.root, "review", "modernize-typing", typed=b"n\nq\n", env=mine.environment)
    assert b"1 rejected" in told.stdout + told.stderr
    half = NEW.replace("int | None", "Optional[int]")  # one change of the first item was rejected
    half = f"from typing import Optional\n\n\n{half}"

    def run() -> None:
        done = mine.run("modernize-typing")
        assert done.returncode == 0, done.stdout + done.stderr

    run()
    shown = dict.fromkeys(items, NEW) | {items[0]: half}

    def wanted() -> list[object]:
        rows = {k: (f"codemod/x/{k}", "open", ("codemod",), ("grace",), text) for k, text in shown.items()}
        return list(mine.wanted(**rows))

    assert mine.state() == wanted()
    forge.commit(NAME, f"codemod/x/{items[1]}", {f"{items[1]}/x.py": "mine = 1\n"}, author="Grace")
    shown[items[1]] = "mine = 1\n"
    chance = random.Random(16)
    for move in range(20 if LONG else 3):
        touched = items[move % 2] if move < 4 else chance.choice(items)  # the decided one and the person's first
        before = forge[NAME].heads()
        line = f"\n\nmoved = {move}\n"
        text = forge[NAME].text("main", f"{touched}/x.py")
        forge.commit(NAME, "main", {f"{touched}/x.py": text + line}, author="Ada")
        if touched != items[1]:
            shown[touched] += line
        run()
        after = forge[NAME].heads()
        moved = {name for name, sha in after.items() if before.get(name) != sha}
        assert moved == {"main"} | ({f"codemod/x/{touched}"} - {f"codemod/x/{items[1]}"})
        assert mine.state() == wanted()


# ---- the token ---------------------------------------------------------------------------------


@contextmanager
def watched(folder: Path) -> Iterator[tuple[set[bytes], Callable[[], None]]]:
    """The arguments of all processes, and the files below a folder, again and again while something runs.

    Gives what looks at once, too: a process that waits for an answer is there until it gets that.
    """
    seen: set[bytes] = set()
    ended = threading.Event()

    def look(*places: Iterator[Path]) -> None:
        for path in (path for place in places for path in place):
            with suppress(OSError):  # it has gone meanwhile, or is a folder
                seen.add(path.read_bytes())

    def files() -> Iterator[Path]:  # os.walk passes over a folder that has gone meanwhile
        return (Path(top, name) for top, _, names in os.walk(folder) for name in names)

    def look_now() -> None:
        look(Path("/proc").glob("[0-9]*/cmdline"), files())

    def go_on_looking() -> None:
        while not ended.wait(0.02):
            look_now()

    watcher = threading.Thread(target=go_on_looking)
    watcher.start()
    try:
        yield seen, look_now
    finally:
        ended.set()
        watcher.join()
        look(files())


def test_the_token_appears_nowhere(batch: Callable[[int], Batch], tmp_path: Path) -> None:
    mine = batch(2)
    for name in ("tmp", "home"):
        (tmp_path / name).mkdir()
    mine.more = {"TMPDIR": str(tmp_path / "tmp"), "HOME": str(tmp_path / "home")}
    mine.more |= {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    talk: list[str] = []
    with watched(tmp_path) as (seen, look_now):
        for at, kind in ((4, "422"), (11, "422"), (99, "500")):
            mine.forge.fail(at, kind)
            for each in range(1, 30):
                mine.forge.call(each, look_now)
            done = mine.run("--verbose")
            talk += [done.stdout, done.stderr]
            mine.forge.fail_no_more()
        assert mine.state() == mine.wanted()
        for command in ("status", "close"):
            done = mine.run(command=command)
            assert done.returncode == 0, done.stderr
            talk += [done.stdout, done.stderr]
    headers = [r.headers.get("authorization", "") for r in mine.forge.requests]
    secrets = {mine.forge.token, *(header.rpartition(" ")[2] for header in headers if header)}
    assert len(secrets) == 2  # itself, and as git sends it
    assert any(b"refs/heads/codemod/x/d00" in text and b"push" in text for text in seen)  # it did look at processes
    assert any(b"<!-- codemod:x/d00" in r.body for r in mine.forge.requests)
    for secret in secrets:
        assert not [text for text in seen if secret.encode() in text]
        assert secret not in "".join(talk)
        assert not [r for r in mine.forge.requests if secret in f"{r.path}{r.pairs}{r.body!r}"]


def test_a_token_that_is_refused_is_not_told(batch: Callable[[int], Batch]) -> None:
    mine = batch(1)
    mine.more = {"GITHUB_TOKEN": "ghp_refused0123456789"}
    done = mine.run("--verbose")
    assert done.returncode != 0
    assert "ghp_refused" not in done.stdout + done.stderr
    assert mine.forge.pulls(NAME) == []
