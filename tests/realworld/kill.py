"""Kill codemod at random moments, again and again: nothing is ever half done, and the next command goes on from there.

A project of 150 files, all of which change. Seven ways, with as many kills each: while a branch is delivered, while
files are written in place, with two in-place runs at once, while one is undone, and while a branch is, merged or not,
while a plan that was decided on is applied, and while a command judges the result.
After every kill -9 of the parent or of the whole process group: each file holds old or new text, `git fsck`
finds nothing, refs are those from before or the complete branch, no process and no lock is left, and the next
run makes the same commit, or `undo` brings back every file (and no run builds on half of a change before). What
is not so is a bad state; exit code 1.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus import ENV, commit, git

from tests.command import COMMAND

RENAME = ("run", "fixture-rename", "--old", "db", "--new", "database", "--format", "off", "-j", "2")
IN_PLACE = (*RENAME, "--in-place")
BRANCH, UNDO = "codemod/fixture-rename", "codemod/undo-fixture-rename"
FILES = 150
FINISHED = "had finished before"  # does not count
TEST = """\
from __future__ import annotations


def test_{number}(db):
    row = db.get({number})
    assert row is not None and db.has(row)
"""


@dataclass
class Project:
    """What gets killed, and what it may look like afterwards."""

    folder: Path
    chance: random.Random
    whole: float = 0.0  # seconds of one run
    complete: str = ""  # the commit that it makes
    status: str = ""  # of git, before all
    texts: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)  # old and new

    @property
    def state(self) -> Path:
        return self.folder / ".git" / "codemod"

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        env = ENV | {"XDG_STATE_HOME": str(self.folder.parent / "state")}
        command = [*COMMAND, *words]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=env,
            stdin=subprocess.PIPE,
            stdout=quiet,
            stderr=quiet,
            start_new_session=True,
        )

    def finish(self, *words: str, keys: bytes = b"") -> int:
        child = self.start(*words)
        assert child.stdin is not None
        with contextlib.suppress(BrokenPipeError), child.stdin as pipe:
            pipe.write(keys)
        return child.wait(120)

    def refs_and_status(self) -> tuple[str, str]:
        refs = git(self.folder, "for-each-ref", "--format=%(refname) %(objectname)")
        return refs, git(self.folder, "status", "--porcelain=v2", "--branch")

    def look(self) -> str:
        """How far the files are; none may be half written, gone or beside the others."""
        paths = {str(p.relative_to(self.folder)) for p in (self.folder / "tests").rglob("*") if p.is_file()}
        assert paths == set(self.texts), f"files differ: {sorted(paths ^ set(self.texts))[:5]}"
        new = 0
        for path, (old, new_text) in self.texts.items():
            content = (self.folder / path).read_bytes()
            assert content in (old, new_text), f"{path} is half written"
            new += content == new_text != old
        return "old" if not new else "new" if new == FILES + 1 else "some old, some new"

    def undo_all(self) -> None:
        """Take back what is on record; then everything is as it was."""
        codes = []
        while not codes or codes[-1] == 0:
            codes.append(self.finish("undo"))
            assert len(codes) < 9, f"undo does not come to an end: {codes}"
        assert codes[-1] == 2, f"undo ends with {codes}"
        assert self.look() == "old", f"undo left {self.look()}"
        assert self.refs_and_status()[1] == self.status, "git status differs after undo"

    def mend(self) -> None:
        """After a bad state: begin anew."""
        shutil.rmtree(self.state, ignore_errors=True)
        for path, (old, _) in self.texts.items():
            (self.folder / path).write_bytes(old)


def build(folder: Path, chance: random.Random) -> Project:
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
    (tests / "test_1.py").write_text((tests / "test_1.py").read_text() + "# not committed\n")
    made = Project(folder, chance)
    start = time.monotonic()
    assert made.finish(*RENAME) == 0
    made.whole = time.monotonic() - start
    made.complete = git(folder, "rev-parse", BRANCH)
    git(folder, "branch", "-qD", BRANCH)
    made.status = made.refs_and_status()[1]
    old = {str(p.relative_to(folder)): p.read_bytes() for p in tests.iterdir()}
    assert made.finish(*IN_PLACE) == 0
    made.texts = {path: (content, (folder / path).read_bytes()) for path, content in old.items()}
    assert sum(a != b for a, b in made.texts.values()) == FILES + 1
    made.undo_all()
    return made


# ---- killing -----------------------------------------------------------------------------------


def left_over(session: int) -> list[str]:
    """Processes of the run that are still there: orphans must notice that their parent is gone."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(stat.parent.name)
    return found


def kill(child: subprocess.Popen[bytes], after: float, group: bool) -> bool:
    """Kill it after that many seconds; False when it had already finished."""
    try:
        child.wait(after)
        return False
    except subprocess.TimeoutExpired:
        (os.killpg if group else os.kill)(child.pid, signal.SIGKILL)
        child.wait()
    deadline = time.monotonic() + 30
    while left_over(child.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left_over(child.pid), f"processes left 30 s after the kill: {left_over(child.pid)}"
    return True


def wait_while(child: subprocess.Popen[bytes], condition: Callable[[], bool]) -> None:
    while child.poll() is None and condition():
        time.sleep(0.0005)


def records(project: Project) -> list[Path]:
    return list((project.state / "undo").glob("*/record.json"))


# ---- the ways -----------------------------------------------------------------------------


def delivery(project: Project, index: int) -> str:
    """On the way to a branch; two of three while it is written."""
    folder, late = project.folder, index % 3 > 0
    if index % 4 < 2:
        shutil.rmtree(project.state, ignore_errors=True)
    refs, status = project.refs_and_status()
    shutil.rmtree(project.state / "tmp", ignore_errors=True)
    child = project.start(*RENAME)
    if late:  # its temporary folder is there
        wait_while(child, lambda: not any((project.state / "tmp").glob("*")))
    hit = kill(child, project.chance.uniform(0, 0.2 if late else project.whole * 1.05), index % 2 == 0)
    now, status_now = project.refs_and_status()
    tip = git(folder, "for-each-ref", "--format=%(objectname)", f"refs/heads/{BRANCH}")
    assert status_now == status, f"git status changed: {status_now!r}"
    assert now == refs or tip == project.complete, f"refs are neither: {now!r}"
    found = subprocess.run(["git", "fsck", "--no-dangling", "--no-progress"], cwd=folder, capture_output=True)
    assert (found.returncode, found.stdout, found.stderr) == (0, b"", b""), f"git fsck: {found}"
    assert project.finish(*RENAME) == 0, "the next run failed"
    assert git(folder, "rev-parse", BRANCH) == project.complete, "the next run made another commit"
    git(folder, "branch", "-qD", BRANCH)
    return FINISHED if not hit else "complete" if tip else "as before"


def write_loop(project: Project, index: int) -> str:
    """While files are written in place; every fourth at any moment of the run."""
    child = project.start(*IN_PLACE)
    late = index % 4 > 0
    if late:
        wait_while(child, lambda: not records(project))
    hit = kill(child, project.chance.uniform(0, 0.05 if late else project.whole), index % 2 == 0)
    end = project.look()
    if index % 2:  # half of a change is refused, and nothing but that
        code, half = project.finish(*IN_PLACE), end == "some old, some new"
        assert code == (2 if half else 0), f"the next run ends with {code} on files {end}"
        assert project.look() == (end if half else "new"), f"the next run leaves {project.look()}"
    project.undo_all()
    return end if hit else FINISHED


def two_runs(project: Project, index: int) -> str:
    """Two in-place runs at once, of which one or both are killed."""
    first, second = project.start(*IN_PLACE), project.start(*IN_PLACE)
    if index % 3:
        wait_while(first, lambda: not records(project) and second.poll() is None)
    hit = kill(first, project.chance.uniform(0, 0.05 if index % 3 else 2.0), index % 2 == 0)
    if index % 4 == 0:
        hit |= kill(second, project.chance.uniform(0, 0.3), True)
    elif (code := second.wait(120)) not in (0, 2):
        raise AssertionError(f"the other run ended with {code}")
    end = project.look()
    project.undo_all()
    return end if hit else FINISHED


def undoing(project: Project, index: int) -> str:
    """While a run is taken back."""
    assert project.finish(*IN_PLACE) == 0
    start = project.start("undo")
    path = project.folder / min(p for p, (old, new) in project.texts.items() if old != new)
    if index % 4:
        wait_while(start, lambda: path.read_bytes() == project.texts[str(path.relative_to(project.folder))][1])
    hit = kill(start, project.chance.uniform(0, 0.06), index % 2 == 0)
    end = project.look()
    project.undo_all()
    return end if hit else FINISHED


def undoing_branch(project: Project, index: int) -> str:
    """While a branch is taken back: deleted, or, every second time, reverted after its merge."""
    folder, merged = project.folder, index % 2 == 1
    shutil.rmtree(project.state / "undo", ignore_errors=True)
    main = git(folder, "rev-parse", "HEAD")
    assert project.finish(*RENAME) == 0
    if merged:
        git(folder, "update-ref", "HEAD", project.complete)  # the checkout is not what this is about
    refs, status = project.refs_and_status()
    try:
        start = project.start("undo")
        if index % 4 > 1:
            wait_while(start, lambda: not any((project.state / "tmp").glob("*")) and not _begun(project))
        hit = kill(start, project.chance.uniform(0, 0.3 if index % 4 > 1 else 1.2), index % 3 == 0)
        now, status_now = project.refs_and_status()
        undone = [line for line in now.splitlines() if f"refs/heads/{UNDO}" in line]
        kept = "\n".join(line for line in now.splitlines() if line not in undone)
        gone = "\n".join(line for line in refs.splitlines() if f"refs/heads/{BRANCH} " not in line)
        assert status_now == status, f"git status changed: {status_now!r}"
        assert kept == refs or (kept == gone and not merged), f"refs are neither: {now!r}"
        found = subprocess.run(["git", "fsck", "--no-dangling", "--no-progress"], cwd=folder, capture_output=True)
        assert (found.returncode, found.stdout, found.stderr) == (0, b"", b""), f"git fsck: {found}"
        end = "complete" if undone or kept == gone else "as before"
        code = project.finish("undo")
        assert code == (2 if kept == gone else 0), f"the next undo ends with {code}, {end}"
        if merged:
            assert git(folder, "rev-parse", f"{UNDO}^{{tree}}") == git(folder, "rev-parse", f"{main}^{{tree}}")
        else:
            assert not git(folder, "for-each-ref", f"refs/heads/{BRANCH}"), "the branch is there after the next undo"
    finally:
        git(folder, "update-ref", "HEAD", main)
        for branch in (BRANCH, UNDO):
            git(folder, "update-ref", "-d", f"refs/heads/{branch}")
    return end if hit else FINISHED


def applying(project: Project, index: int) -> str:
    """While a plan that was decided on is applied, on a branch or, every second time, to the files."""
    assert project.finish(*RENAME, "-n") == 0
    assert project.finish("review", keys=b"y\n") == 0
    assert _decided(project) == 1
    words = ("apply", "fixture-rename", "-j", "2", *(("--in-place",) if index % 2 else ()))
    if index % 2:  # what is not committed would be refused: the plan is one of the commit
        return _applying_files(project, words, index)
    refs, status = project.refs_and_status()
    shutil.rmtree(project.state / "tmp", ignore_errors=True)
    child = project.start(*words)
    if late := index % 4 > 0:
        wait_while(child, lambda: not any((project.state / "tmp").glob("*")))
    hit = kill(child, project.chance.uniform(0, 0.2 if late else project.whole), index % 3 == 0)
    now, status_now = project.refs_and_status()
    tip = git(project.folder, "for-each-ref", "--format=%(objectname)", f"refs/heads/{BRANCH}")
    assert (status_now, _decided(project)) == (status, 1), f"git status, or what was decided, changed: {status_now!r}"
    assert now == refs or tip == project.complete, f"refs are neither: {now!r}"
    assert project.finish(*words) == 0, "the next one failed"
    assert git(project.folder, "rev-parse", BRANCH) == project.complete, "the next one made another commit"
    git(project.folder, "branch", "-qD", BRANCH)
    return FINISHED if not hit else "complete" if tip else "as before"


def _applying_files(project: Project, words: Sequence[str], index: int) -> str:
    dirty = project.folder / "tests/test_1.py"
    mine, committed = dirty.read_bytes(), git(project.folder, "show", "HEAD:tests/test_1.py").encode() + b"\n"
    old, new = project.texts["tests/test_1.py"]
    project.texts["tests/test_1.py"] = (committed, new.removesuffix(b"# not committed\n"))
    dirty.write_bytes(committed)
    try:
        child = project.start(*words)
        if index % 4 == 1:
            wait_while(child, lambda: not records(project))
        hit = kill(child, project.chance.uniform(0, 0.05 if index % 4 == 1 else project.whole), index % 3 == 0)
        end = project.look()
        assert _decided(project) == 1, "what was decided is lost"
        while project.finish("undo") == 0:
            pass
        assert project.look() == "old", f"undo left {project.look()}"
    finally:
        project.texts["tests/test_1.py"] = (old, new)
        dirty.write_bytes(mine)
    return end if hit else FINISHED


def _decided(project: Project) -> int:
    env = ENV | {"XDG_STATE_HOME": str(project.folder.parent / "state")}
    done = subprocess.run([*COMMAND, "plans", "--json"], cwd=project.folder, env=env, capture_output=True, check=True)
    return int(json.loads(done.stdout)[0]["decided"])


_LOOK = "import sys, time; sys.path.insert(0, 'tests'); import conftest; time.sleep(0.2)"


def verifying(project: Project, index: int) -> str:
    """While a command judges the result in a worktree of its own; no worktree is there after the next start."""
    folder = project.folder
    words = (*RENAME, "--verify", shlex.join([sys.executable, "-c", _LOOK]))
    shutil.rmtree(project.state / "verify", ignore_errors=True)
    refs, status = project.refs_and_status()
    child = project.start(*words)
    late = index % 3 > 0
    if late:
        wait_while(child, lambda: not (project.folder / ".git/worktrees").is_dir())
    hit = kill(child, project.chance.uniform(0, 1.5 if late else project.whole), index % 2 == 0)
    now, status_now = project.refs_and_status()
    tip = git(folder, "for-each-ref", "--format=%(objectname)", f"refs/heads/{BRANCH}")
    assert status_now == status, f"git status changed: {status_now!r}"
    assert now == refs or tip == project.complete, f"refs are neither: {now!r}"
    assert project.finish(*words) == 0, "the next run failed"
    assert git(folder, "rev-parse", BRANCH) == project.complete, "the next run made another commit"
    trees = git(folder, "worktree", "list", "--porcelain").count("worktree ")
    assert trees == 1, f"{trees - 1} worktrees are left"
    git(folder, "branch", "-qD", BRANCH)
    return FINISHED if not hit else "complete" if tip else "as before"


def _begun(project: Project) -> bool:
    return any((project.state / "undo").glob("*/unfinished"))


WAYS = {
    "delivery": delivery,
    "write-loop": write_loop,
    "two-runs": two_runs,
    "undo": undoing,
    "undo-branch": undoing_branch,
    "apply": applying,
    "verify": verifying,
}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="--kills", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("ways", nargs="*", metavar="WAY", help=f"of {', '.join(WAYS)}; all without")
    parser.add_argument("--times", type=int, default=50, help="kills that hit, of each way")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.ways) - WAYS.keys():
        parser.error(f"no way {', '.join(sorted(unknown))}; there are {', '.join(WAYS)}")
    kills = bad = 0
    with tempfile.TemporaryDirectory(prefix="kill-") as temporary:
        project = build(Path(temporary) / "project", random.Random(chosen.seed))
        print(f"one run: {project.whole:.1f} s, {FILES + 1} files; seed {chosen.seed}")
        for way in chosen.ways or WAYS:
            ends: Counter[str] = Counter()
            index = wrong = 0
            while ends.total() - ends[FINISHED] + wrong < chosen.times:
                index += 1
                try:
                    ends[WAYS[way](project, index)] += 1
                except (AssertionError, subprocess.SubprocessError) as error:
                    wrong += 1
                    print(f"{way} {index}: BAD: {error}", flush=True)
                    project.mend()
            kills, bad = kills + chosen.times, bad + wrong
            print(f"{way}: {chosen.times} kills, {dict(ends)}, {wrong} bad states", flush=True)
        litter = [p for p in project.state.rglob("*") if "tmp" in p.name and p.is_file()]
    print(f"{kills} kills: {bad} bad states; {len(litter)} temporary files in the git directory")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
