"""Where a cluster stops to pay: 10,000 repositories on up to 1,000 workers, as a simulation of discrete events.

What tasks, the parent and dask's scheduler cost is recorded (`recording.py`), and drawn again and again by a seed. The
forge takes pull requests at the pace that codemod keeps (`runner/forges/pace.py`, here with the simulation's clock).
Nothing else is modelled: no network that is slow, no worker that is lost. Writes a section of BENCHMARKS.md and a plot.
"""

from __future__ import annotations

import heapq
import json
import math
import random
import sys
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from page import with_section

from runner.forges.pace import Pace

ROOT = Path(__file__).parents[2]
RECORDED = Path(__file__).with_name("recorded_tasks.json")
PAGE, PLOT = ROOT / "BENCHMARKS.md", ROOT / "docs" / "cluster.svg"
REPOSITORIES = 10_000
WORKERS = (1, 3, 10, 30, 100, 300, 1000)
TIMES = 50  # the size of a large repository, in recorded ones
OPEN = 2  # chunks on their way for each worker: as many as `Cluster.run` sends
FILES = 100  # of a pull request
WRITES = 2  # of one: it is created, then labelled
PER_MINUTE, PER_HOUR = 80, 500  # content that GitHub lets one account create


# ---- discrete events ---------------------------------------------------------------------------

Steps = Generator["tuple[Station, float] | Wait", None, None]


@dataclass
class Wait:
    """So many must be done before a process goes on."""

    left: int
    then: Steps | None = None


@dataclass
class Station:
    """Something that does so many things at once, in the order in which they come."""

    name: str
    at_once: int
    busy: int = 0
    used: float = 0.0  # seconds, of all of them
    queue: deque[tuple[float, Steps]] = field(default_factory=deque)


class Clock:
    """Processes say what they need and for how long; the clock gives it to them in turn."""

    def __init__(self) -> None:
        self.now = 0.0
        self._events: list[tuple[float, int, Station, Steps]] = []
        self._number = count()

    def start(self, process: Steps) -> None:
        """Let a process go on to the next thing that it waits for."""
        need = next(process, None)
        if need is None:
            return
        if isinstance(need, Wait):
            if need.left:
                need.then = process
            else:
                self.start(process)
            return
        station, seconds = need
        if station.busy < station.at_once:
            self._begin(station, seconds, process)
        else:
            station.queue.append((seconds, process))

    def done(self, wait: Wait) -> None:
        wait.left -= 1
        if not wait.left and wait.then:
            self.start(wait.then)

    def run(self) -> float:
        while self._events:
            self.now, _, station, process = heapq.heappop(self._events)
            station.busy -= 1
            if station.queue:
                self._begin(station, *station.queue.popleft())
            self.start(process)
        return self.now

    def _begin(self, station: Station, seconds: float, process: Steps) -> None:
        station.busy += 1
        station.used += seconds
        heapq.heappush(self._events, (self.now + seconds, next(self._number), station, process))


# ---- the model ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """What one simulation says."""

    workers: int
    seconds: float  # until the last branch is made
    busiest: str  # what is in use most
    use: Mapping[str, float]  # the part of the time that each is in use
    pulls: int
    delivered: float  # seconds until the last pull request is open


def simulate(
    recorded: Mapping[str, Any], *, workers: int, repositories: int = REPOSITORIES, parents: int = 1, seed: int = 16
) -> Found:
    """So many repositories, on so many workers of one thread each; `parents` are runs side by side, each on a core."""
    draw = random.Random(seed)
    clock = Clock()
    parent, scheduler = Station("parent", parents), Station("scheduler", 1)
    cluster = Station("workers", workers)
    stations = (cluster, parent, scheduler)
    projects = [p for p in recorded["projects"] if p["rounds"]]
    todo = deque(draw.choice(projects) for _ in range(repositories))
    ready: list[float] = []  # when each pull request could be opened

    def chunk(costs: Sequence[float], all_of_it: Wait) -> Steps:
        send, work, receive, *_ = costs
        yield parent, send
        yield scheduler, recorded["scheduler"]
        yield cluster, work
        yield parent, receive
        clock.done(all_of_it)

    def worked() -> Steps:
        """One repository after the other."""
        while todo:
            project = todo.popleft()
            for each in project["rounds"]:
                yield parent, each["before"]
                every = Wait(len(each["chunks"]))
                for costs in each["chunks"]:
                    clock.start(chunk(costs, every))
                yield every
            yield parent, project["after"]
            ready.extend([clock.now] * math.ceil(project["changed"] / FILES))

    chunks = sum(len(r["chunks"]) for p in projects for r in p["rounds"]) / len(projects)
    # as many repositories are open as keep all workers busy
    for _ in range(min(repositories, 8 * parents + math.ceil(OPEN * workers / chunks * 4))):
        clock.start(worked())
    seconds = clock.run()
    use = {s.name: s.used / seconds / s.at_once for s in stations}
    return Found(
        workers=workers, seconds=seconds, busiest=max(use, key=lambda name: use[name]), use=use, pulls=len(ready),
        delivered=opened(ready),
    )  # fmt: skip


def opened(ready: Sequence[float]) -> float:
    """When the last pull request is open, at the pace that codemod keeps."""
    now = 0.0

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    pace = Pace(per_minute=PER_MINUTE, per_hour=PER_HOUR, clock=lambda: now, sleep=sleep)
    for moment in sorted(ready):
        now = max(now, moment)
        for _ in range(WRITES):
            pace.before(write=True)
    return now


# ---- what is written ---------------------------------------------------------------------------


def large(recorded: Mapping[str, Any], times: int) -> Mapping[str, Any]:
    """The recorded project with most changes, so many times larger, as the only one."""
    project = max(recorded["projects"], key=lambda p: p["changed"])
    rounds = [{"before": r["before"] * times, "chunks": r["chunks"] * times} for r in project["rounds"]]
    whole = {"changed": project["changed"] * times, "rounds": rounds, "after": project["after"] * times}
    return {"scheduler": recorded["scheduler"], "projects": [whole]}


def section(
    one: Sequence[Found], many: Sequence[Found], huge: Sequence[Found], parents: int, recorded: Mapping[str, Any]
) -> str:
    chunks = [c for p in recorded["projects"] for r in p["rounds"] for c in r["chunks"]]
    limit = next((f for f in one if f.busiest != "workers"), one[-1])
    slow = next((f for f in one if f.delivered > 1.5 * f.seconds), None)
    forge = "never the limit" if slow is None else f"the limit from {slow.workers:,} workers on"
    forge = "the limit with any number of workers" if slow is one[0] else forge
    lines = [
        f"`make bench ARGS=--simulate`: modernize-typing on {REPOSITORIES:,} repositories, each drawn from "
        f"{sum(bool(p['rounds']) for p in recorded['projects'])} recorded ones, as a simulation of discrete events "
        "(tests/bench/simulation.py). A chunk of files costs a worker "
        f"{1000 * sum(c[1] for c in chunks) / len(chunks):.0f} ms of CPU, the parent "
        f"{1000 * sum(c[0] + c[2] for c in chunks) / len(chunks):.1f} ms, dask's scheduler "
        f"{1000 * recorded['scheduler']:.1f} ms. A forge takes {PER_MINUTE} new contents a minute and {PER_HOUR} an hour, "
        f"of which a pull request is {WRITES}; a repository has one for each {FILES} files. "
        "*In use* is the part of the time that each is busy.",
        "",
        "![Repositories an hour against workers](docs/cluster.svg)",
        "",
        "| workers | parents | all branches made | repositories an hour | workers in use | parent in use | scheduler in use "
        "| limit | pull requests open |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_line(f, 1) for f in one),
        *(_line(f, parents) for f in many),
        "",
        f"With one parent, at {limit.workers} workers these wait for the {limit.busiest}. The forge, with one account, is {forge}: "
        f"{one[-1].pulls:,} pull requests take {_time(one[-1].delivered)}.",
        "",
        f"One repository with {TIMES} times the files of matrix-synapse ({huge[0].pulls} pull requests):",
        "",
        "| workers | branch made | workers in use | parent in use | scheduler in use | limit |",
        "|---|---|---|---|---|---|",
        *(_short(f) for f in huge),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _short(found: Found) -> str:
    return _row(f"{found.workers:,}", _time(found.seconds), *_in_use(found), found.busiest)


def _line(found: Found, parents: int) -> str:
    made, rate = _time(found.seconds), f"{3600 * REPOSITORIES / found.seconds:,.0f}"
    return _row(
        f"{found.workers:,}", str(parents), made, rate, *_in_use(found), found.busiest, _time(found.delivered)
    )


def _in_use(found: Found) -> list[str]:
    return [f"{100 * found.use[name]:.0f} %" for name in ("workers", "parent", "scheduler")]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _time(seconds: float) -> str:
    for size, name in ((86_400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 1.5 * size:
            return f"{seconds / size:.1f} {name}"
    return f"{seconds:.0f} s"


WIDTH, HEIGHT, LEFT, BOTTOM = 720, 420, 80, 50
COLOURS = ("#1f6feb", "#bf8700", "#cf222e")


def plot(lines: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Lines on two logarithmic axes, as SVG."""
    points = [p for line in lines.values() for p in line]
    (x0, x1), (y0, y1) = (_decades([p[axis] for p in points]) for axis in (0, 1))

    def x(value: float) -> float:
        return LEFT + (math.log10(value) - x0) / (x1 - x0) * (WIDTH - LEFT - 20)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(value) - y0) / (y1 - y0) * (HEIGHT - BOTTOM - 70)

    said: Callable[..., str] = partial('<text x="{:.0f}" y="{:.0f}" text-anchor="{}">{}</text>'.format)
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        said(WIDTH / 2, HEIGHT - 10, "middle", "workers"),
        said(10, 20, "start", "repositories an hour"),
    ]
    for power in range(x0, x1 + 1):
        at = x(10**power)
        drawn += [_rule(at, y(10**y0), at, y(10**y1)), said(at, HEIGHT - BOTTOM + 18, "middle", f"{10**power:,}")]
    for power in range(y0, y1 + 1):
        at = y(10**power)
        drawn += [_rule(LEFT, at, WIDTH - 20, at), said(LEFT - 8, at + 4, "end", f"{10**power:,}")]
    for number, ((name, line), colour) in enumerate(zip(lines.items(), COLOURS, strict=True)):
        way = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in line)
        drawn.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        drawn.append(f'<rect x="{200 + 175 * number}" y="10" width="12" height="12" fill="{colour}"/>')
        drawn.append(said(218 + 175 * number, 21, "start", name))
    return "\n".join([*drawn, "</svg>", ""])


def _rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="#d0d7de"/>'


def _decades(values: Sequence[float]) -> tuple[int, int]:
    return math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))


def main() -> None:
    recorded = json.loads(RECORDED.read_text())
    parents = 16
    one = [simulate(recorded, workers=n) for n in WORKERS]
    many = [simulate(recorded, workers=n, parents=parents) for n in WORKERS[-3:]]
    huge = [simulate(large(recorded, TIMES), workers=n, repositories=1) for n in WORKERS]
    PAGE.write_text(with_section(PAGE.read_text(), "A cluster", section(one, many, huge, parents, recorded)))
    forge = 3600 * REPOSITORIES / one[-1].delivered
    PLOT.write_text(
        plot(
            {
                "one parent": [(f.workers, 3600 * REPOSITORIES / f.seconds) for f in one],
                f"{parents} parents": [(f.workers, 3600 * REPOSITORIES / f.seconds) for f in many],
                "the forge, one account": [(WORKERS[0], forge), (WORKERS[-1], forge)],
            }
        )
    )
    for found in (*one, *many, *huge):
        print(found)


if __name__ == "__main__":
    main()
