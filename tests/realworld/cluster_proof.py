"""A cluster under load: workers are killed again and again while a project is worked on, and nothing is lost.

`make realworld ARGS="--cluster [--times N]"`. A scheduler and three workers on this machine; a thousand files that all change.
Each time workers are killed at random moments (some with dask's nanny, which starts another one, some for good, in
whose place a new one is started), and the branch must hold the commit that a run on this machine makes. Then a file
that kills its worker each time: that file alone is left out, by name. At last the only worker goes and none comes
back, and the scheduler goes: one line each. Exit code 1 when anything is otherwise.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus import ENV, commit, git

from tests.clusters import Cluster, clusters, told
from tests.command import COMMAND, TOP

RUN = ("run", "modernize-typing", "--target-version", "3.11", "--no-cache", "--format", "off", "--force")
SHY = str(TOP / "tests" / "local" / "shy.py")
FILES = 1000


def project(where: Path) -> Path:
    where.mkdir()
    body = "\n\ndef f{0}(a: Optional[int], b: List[str]) -> Optional[List[int]]:\n    return None\n"
    text = "from typing import List, Optional\n" + "".join(map(body.format, range(8)))
    for number in range(FILES):
        (where / f"m{number}.py").write_text(text)
    commit(where)
    return where


def codemod(where: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], cwd=where, env=ENV, capture_output=True, text=True, timeout=600)


def _children(process: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            yield from map(int, (thread / "children").read_text().split())


def kill_one(cluster: Cluster, number: int, draw: random.Random) -> str:
    """A worker that has a nanny loses its process; one that has none goes, and another one comes."""
    if draw.random() < 0.5:
        for child in _children(cluster.processes["worker0"].pid):
            with contextlib.suppress(OSError):
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(child, signal.SIGKILL)
        return "one with a nanny"
    name = draw.choice([n for n in cluster.processes if n not in ("scheduler", "worker0")])
    cluster.kill(name)
    cluster.start(f"more{number}", told("dask worker tcp")[1], "--no-nanny", "--nthreads", "1")
    return "one for good"


def killed(where: Path, cluster: Cluster, expected: str, times: int) -> list[str]:
    draw, wrong = random.Random(16), []
    for time_ in range(times):
        words = (*RUN, "--branch", "there", "--engine", cluster.engine)
        with tempfile.TemporaryFile("w+") as said:
            run = subprocess.Popen([*COMMAND, *words], cwd=where, env=ENV, stdout=subprocess.DEVNULL, stderr=said)
            kills = []
            while run.poll() is None:
                time.sleep(draw.uniform(0.5, 3))
                if run.poll() is None:
                    kills.append(kill_one(cluster, 100 * time_ + len(kills), draw))
            said.seek(0)
            found = git(where, "rev-parse", "there") if run.returncode == 0 else said.read()
        print(
            f"{time_}: killed {', '.join(kills) or 'none'}: {'same commit' if found == expected else found}",
            flush=True,
        )
        if found != expected:
            wrong.append(f"run {time_}: {found}")
    return wrong


def blamed(where: Path, cluster: Cluster) -> list[str]:
    """One file that takes its worker with it, four times in a chunk and four times alone."""
    for number in range(60):
        (where / f"m{number}.py").write_text("x = 1  # die here\n" if number == 7 else "x = 1\n")
    git(where, "commit", "-qam", "deadly")
    done = codemod(where, "run", SHY, "--engine", cluster.engine, "--no-cache", "--format", "off")
    print(done.stderr, flush=True)
    if not git(where, "branch", "--list", "codemod/shy"):
        return ["a file that kills workers: no branch"]
    changed = git(where, "diff", "--name-only", "HEAD", "codemod/shy").split()
    good = done.returncode == 3 and "m7.py" in done.stderr and len(changed) == 59 and "m7.py" not in changed
    return [] if good else [f"a file that kills workers: {done.returncode}, {len(changed)} changed: {done.stderr}"]


def gone(where: Path, cluster: Cluster) -> list[str]:
    """The last worker, then the scheduler, in the middle of a run."""
    wrong = []
    for name, words in (
        ("workers", "the last worker is gone, and none has come"),
        ("scheduler", "the scheduler is gone"),
    ):
        run = subprocess.Popen(
            [*COMMAND, *RUN, "--branch", "gone", "--engine", cluster.engine],
            cwd=where, env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        time.sleep(3)
        for each in [p for p in cluster.processes if (p == "scheduler") is (name == "scheduler")]:
            cluster.kill(each)
        _, said = run.communicate(timeout=300)
        print(f"{name} gone: exit code {run.returncode}: {said}", flush=True)
        if (
            run.returncode != 3
            or words not in said
            or said.count("\n") != 1
            or git(where, "branch", "--list", "gone")
        ):
            wrong.append(f"{name} gone: {run.returncode}: {said}")
        if name == "workers":
            cluster.start("last", told("dask worker tcp")[0])
            cluster.wait_for("last")
    return wrong


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=10, help="runs with kills")
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        where = project(Path(folder, "project"))
        (Path(folder) / "cluster").mkdir()
        cluster = Cluster(Path(folder) / "cluster", tls=False)
        codemod(where, *RUN, "--branch", "here")
        expected = git(where, "rev-parse", "here")
        with clusters(cluster, env={}):
            cluster.start("worker2", told("dask worker tcp")[1], "--no-nanny", "--nthreads", "1")
            wrong = killed(where, cluster, expected, given.times)
            for number in range(2):  # with nannies: one file will end them again and again
                cluster.start(f"spare{number}", told("dask worker tcp")[0], "--nthreads", "1")
            wrong += [*blamed(where, cluster), *gone(where, cluster)]
    print("\n".join(wrong) or "nothing was lost")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
