"""What the tasks of a run cost, recorded for `simulation.py`: seconds of CPU, so that a busy machine does not matter.

Each project of the corpus is a repository of its own; the run makes a branch. Its tasks are done here, in this very
process, chunk by chunk as a cluster would get them, and each part of the way is timed by itself.
"""

from __future__ import annotations

import json
import pickle
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus import ENV, PINS, commit, repository
from sdists import CACHE

from codemods.engine.registry import Spec
from codemods.engine.world import Outcome, Task
from runner import opening
from runner.chunks import chunks_of
from runner.cluster.client import make_order
from runner.cluster.parcel import items, outcome, packed, work_items
from runner.config import Options
from runner.progress import Progress
from runner.run import run
from tests.clusters import Cluster, clusters

RECORDED = Path(__file__).with_name("recorded_tasks.json")
SPEC = Spec("modernize-typing", (("target_version", "3.10"),))
TASKS = 600  # that the scheduler's own part is measured with
THREADS = 16  # of the cluster for which chunks are cut


class Recorder:
    """Does the tasks of one run, one after the other, and notes what each chunk costs whom."""

    def __init__(self) -> None:
        self.progress = Progress()
        self.order = make_order([SPEC], 60)
        self.rounds: list[dict[str, Any]] = []
        self.last = _used()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def begin(self) -> None:
        pass

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]:
        if not tasks:
            return
        chunks: list[list[float]] = []
        self.rounds.append({"before": self.since(), "chunks": chunks})
        for chunk in chunks_of(tasks, THREADS):
            parcel = pickle.dumps(packed(chunk, self.order), 5)
            send = self.since()
            answers = work_items(items(pickle.loads(parcel)))
            work = self.since()
            outcomes = [outcome(answer) for answer in answers]
            receive = self.since()
            yield from zip(chunk, outcomes, strict=True)
            receive += self.since()  # with what the run does with each outcome
            chunks.append([send, work, receive, len(parcel), sum(map(len, answers))])

    def since(self) -> float:
        now = _used()
        seconds, self.last = now - self.last, now
        return round(seconds, 6)


def _used() -> float:
    """CPU of this process, and of what it has started: git."""
    of_git = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + of_git.ru_utime + of_git.ru_stime


def project(name: str) -> Path:
    """One project of the corpus as a repository of its own."""
    where = CACHE / "projects" / name
    if not (where / ".git").exists():
        shutil.copytree(repository(1) / name, where, dirs_exist_ok=True)
        commit(where)
    return where


def recorded(name: str) -> dict[str, Any]:
    """What one project costs, in the order in which it is done."""
    where = project(name)
    subprocess.run(["git", "branch", "-qD", "codemod/modernize-typing"], cwd=where, env=ENV, capture_output=True)
    recorder = Recorder()
    opening._workers = lambda options, shown: recorder  # type: ignore[assignment]
    recorder.since()
    report = run(Options(specs=(SPEC,), where=where, cache=False, format="off", unsafe=False))
    return {"name": name, "changed": len(report.after), "rounds": recorder.rounds, "after": recorder.since()}


def scheduler_seconds() -> float:
    """CPU of dask's scheduler for one chunk: of a real one, that many small tasks pass through."""
    from runner.cluster.client import Cluster as Engine

    folder = CACHE / "recording"
    folder.mkdir(exist_ok=True)
    cluster = Cluster(folder, tls=False)
    tasks = [Task("find", SPEC, f"m{n}.py", b"x = 1\n" * 1000) for n in range(TASKS)]
    with clusters(cluster, env={}), Engine(cluster.engine, [SPEC], 60) as engine:
        engine._connected()
        process = cluster.processes["scheduler"].pid
        engine._threads = 10**9  # so that each task is a chunk
        before = _cpu(process)
        assert len(list(engine.run(tasks))) == TASKS
        return (_cpu(process) - before) / TASKS


def _cpu(process: int) -> float:
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / 100


def main() -> None:
    projects = [recorded(pin.label) for pin in PINS]
    found = {"scheduler": round(scheduler_seconds(), 6), "projects": projects}
    RECORDED.write_text(json.dumps(found, indent=None, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
    for each in projects:
        chunks = [c for r in each["rounds"] for c in r["chunks"]]
        parent = sum(r["before"] for r in each["rounds"]) + each["after"]
        sums = [sum(c[n] for c in chunks) for n in range(3)]
        print(each["name"], len(chunks), each["changed"], *(f"{s:.2f}" for s in (parent, *sums)))
    print(found["scheduler"])


if __name__ == "__main__":
    main()
