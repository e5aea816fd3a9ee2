"""Kill `codemod run` at random moments, again and again: the repository is as before or complete.

A project of 600 files gets a branch that changes them all. After every kill -9 the refs are those
from before or the complete branch, `git status` says the same, `git fsck` finds nothing, no
process is left, and the next run succeeds with the same commit. Every other kill hits the whole
process group, the rest only the parent; with --in-place every file must hold old or new text.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from corpus import ENV, commit, git

CODEMOD = str(Path(sys.executable).with_name("codemod"))
RENAME = ("run", "fixture-rename", "--old", "db", "--new", "database", "--format", "off", "-j", "2")
BRANCH = "codemod/fixture-rename"
FILES = 600
LATE = 0.2  # seconds that a delivery takes, about
FINISHED = "had finished before"  # does not count
TEST = """\
from __future__ import annotations


def test_{number}(db):
    row = db.get({number})
    assert row is not None and db.has(row)
"""


def build(folder: Path) -> None:
    tests = folder / "tests"
    tests.mkdir(parents=True)
    text = "import pytest\n\n\n@pytest.fixture\ndef db():\n    return object()\n"
    (tests / "conftest.py").write_text(text)
    for number in range(FILES):
        (tests / f"test_{number}.py").write_text(TEST.format(number=number) * 5)
    commit(folder)
    git(folder, "config", "user.name", "kill")
    git(folder, "config", "user.email", "kill@example.invalid")
    (tests / "test_0.py").write_text("# not committed\n")  # a dirty tree stays dirty
    git(folder, "stash", "push", "-q")
    (tests / "test_1.py").write_text("# not committed\n")


def state(folder: Path) -> tuple[str, str]:
    refs = git(folder, "for-each-ref", "--format=%(refname) %(objectname)")
    return refs, git(folder, "status", "--porcelain=v2", "--branch")


def left_over(session: int) -> list[str]:
    """Processes of the run that are still there: orphans must notice that their parent is gone."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(stat.parent.name)
    return found


def delivering(folder: Path, child: subprocess.Popen[bytes]) -> None:
    """Wait until the run writes: its temporary folder is there."""
    while child.poll() is None and not any((folder / ".git" / "codemod" / "tmp").glob("*/*")):
        time.sleep(0.002)


def killed(folder: Path, after: float, group: bool, late: bool, *extra: str) -> bool:
    """Start a run, kill it `after` seconds, counted from its delivery when `late`.

    False when it had already finished.
    """
    shutil.rmtree(folder / ".git" / "codemod" / "tmp", ignore_errors=True)
    child = subprocess.Popen(
        [CODEMOD, *RENAME, *extra],
        cwd=folder,
        env=ENV,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if late:
        delivering(folder, child)
    try:
        child.wait(after)
        return False
    except subprocess.TimeoutExpired:
        (os.killpg if group else os.kill)(child.pid, signal.SIGKILL)
        child.wait()
    deadline = time.monotonic() + 20
    while left_over(child.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left_over(child.pid), f"processes left 20 s after the kill: {left_over(child.pid)}"
    return True


def fsck(folder: Path) -> str:
    done = subprocess.run(
        ["git", "fsck", "--no-dangling", "--no-progress"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr + (f"exit {done.returncode}" if done.returncode else "")


def finish(folder: Path) -> None:
    done = subprocess.run([CODEMOD, *RENAME], cwd=folder, env=ENV, capture_output=True, text=True)
    assert done.returncode == 0, f"the next run failed: {done.stderr.strip()[-500:]}"


def one(folder: Path, index: int, moment: float, late: bool, complete: str) -> str:
    """One kill on the way to a branch; what became of it."""
    if index % 4 < 2:
        shutil.rmtree(folder / ".git" / "codemod", ignore_errors=True)
    refs, status = state(folder)
    hit = killed(folder, moment, index % 2 == 0, late)
    now, status_now = state(folder)
    tip = git(folder, "for-each-ref", "--format=%(objectname)", f"refs/heads/{BRANCH}")
    assert status_now == status, f"git status changed: {status_now!r}"
    assert now == refs or tip == complete, f"refs are neither: {now!r}"
    assert not (found := fsck(folder)), f"git fsck: {found}"
    finish(folder)
    tip_now = git(folder, "rev-parse", BRANCH)
    assert tip_now == complete, f"the next run made {tip_now}, not {complete}"
    git(folder, "branch", "-qD", BRANCH)
    return FINISHED if not hit else "complete" if tip else "as before"


def one_in_place(folder: Path, index: int, moment: float, texts: dict[str, set[bytes]]) -> str:
    """One kill of `--in-place`: no file is half written and none is lost."""
    hit = killed(folder, moment, index % 2 == 0, False, "--in-place")
    paths = {str(p.relative_to(folder)) for p in (folder / "tests").rglob("*") if p.is_file()}
    assert paths >= set(texts), f"files are gone: {sorted(set(texts) - paths)[:5]}"
    litter = len(paths - set(texts))
    git(folder, "clean", "-qfd")
    new = 0
    for path, known in texts.items():
        content = (folder / path).read_bytes()
        assert content in known, f"{path} is half written"
        new += b"database" in content
    git(folder, "checkout", "-qf", ".")
    end = "old" if not new else "new" if new > len(texts) - 2 else "some old, some new"
    return f"{end}, {litter} temporary files left" if hit else FINISHED


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--in-place", action="store_true")
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory(prefix="kill-") as temporary:
        folder = Path(temporary) / "project"
        build(folder)
        start = time.monotonic()
        finish(folder)
        whole = time.monotonic() - start
        complete = git(folder, "rev-parse", BRANCH)
        changed = git(folder, "diff", "--name-only", f"{BRANCH}^", BRANCH).splitlines()
        assert len(changed) >= 500, f"only {len(changed)} files changed"
        texts: dict[str, set[bytes]] = {}
        if chosen.in_place:
            git(folder, "checkout", "-qf", ".")
            for path in git(folder, "ls-files").splitlines():
                both = (git(folder, "show", f"{at}:{path}") + "\n" for at in ("HEAD", BRANCH))
                texts[path] = {text.encode() for text in both}
        git(folder, "branch", "-qD", BRANCH)
        print(f"one run: {whole:.1f} s, {len(changed)} files; {chosen.times} kills, seed {chosen.seed}")
        ends: dict[str, int] = {}
        index = hits = 0
        while hits < chosen.times:
            index += 1
            late = index % 3 > 0 and not chosen.in_place
            moment = chance.uniform(0, LATE) if late else whole * chance.uniform(0, 1.05)
            if chosen.in_place:
                end = one_in_place(folder, index, moment, texts)
            else:
                end = one(folder, index, moment, late, complete)
            what = "of delivery" if late else "of the run"
            print(f"{index:3} killed at {moment:.2f} s {what}: {end}", flush=True)
            ends[end] = ends.get(end, 0) + 1
            hits += end != FINISHED
        packs = sum(f.stat().st_size for f in (folder / ".git").rglob("*") if f.is_file()) / 1e6
        litter = [p.name for p in (folder / ".git").rglob("*") if "tmp" in p.name or ".lock" in p.name]
        print(f"{ends}; .git is {packs:.1f} MB, with {len(litter)} temporary files: {litter[:8]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
