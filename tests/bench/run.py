"""Measure codemod beside its peers, in one run on one machine, and write BENCHMARKS.md.

Every row pairs a command of a peer with one of ours (A B A B …), both on the same commit with the
same number of jobs; the ratio of the medians stands first. `--only TEXT` renews the rows whose name
holds TEXT. `--beside CODEMOD` pairs every command of ours with the same one of another installation,
say that of the last release: it prints the table, writes nothing, and ends with 1 where a row is more
than a tenth slower.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

from corpus import ENV, PINS, git, repository, size
from formatted import formatted
from peers import PYUPGRADE, tool
from sdists import CACHE

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE = ROOT / "BENCHMARKS.md"
BIN = Path(sys.executable).parent
JOBS = str(os.cpu_count() or 1)
SAMPLE = 16  # LibCST's runner gets one file in so many
SLOW = 120  # seconds: a peer that takes longer runs once
OLD, NEW = "minion_opts", "minion_config_opts"
BRANCH = "codemod/bench"


@dataclass(frozen=True)
class Command:
    """One side of a row: what runs, where, and what is put right before (not timed)."""

    title: str
    argv: tuple[str, ...]
    where: Path
    before: Callable[[], None] = lambda: None
    changed: Callable[[], int] | None = None  # files that the last run changed
    prime: bool = False  # run once before, so that its cache is warm
    prints: bool = False  # the command prints its own seconds
    share: float = 1  # the part of the corpus that it works on; its seconds are scaled up


@dataclass(frozen=True)
class Row:
    """`limit` is what ours may take, as a multiple of the peer; None where there is no goal."""

    name: str
    ours: Command
    peer: Command
    limit: float | None = None
    needs: str = ""  # the codemod without which the row cannot run
    runs: int = 3


@dataclass
class Side:
    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0
    files: int | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


@dataclass(frozen=True)
class Result:
    row: Row
    ours: Side
    peer: Side

    @property
    def ratio(self) -> float:
        return self.ours.median / self.peer.median

    @property
    def met(self) -> str:
        if self.row.limit is None:
            return ""
        return "yes" if self.ratio <= self.row.limit else "**no**"


def measure(command: Command, side: Side) -> None:
    """One timed run; memory is that of the largest process of the tree."""
    command.before()
    environment = {**ENV, "PYTHONPATH": str(HERE), "PYTHONHASHSEED": "0"}
    start = time.perf_counter()
    with (CACHE / "bench.log").open("wb") as log:
        child = subprocess.Popen(command.argv, cwd=command.where, env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    side.megabytes = max(side.megabytes, usage.ru_maxrss / 1024)
    child.returncode = code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1, 3):  # 1: a search without a hit, a linter with one; 3: a file failed
        tail = (CACHE / "bench.log").read_text(errors="replace").strip()[-300:]
        raise SystemExit(f"error: {' '.join(command.argv)}: exit code {code}: {tail}")
    seconds = float((CACHE / "bench.log").read_text()) if command.prints else seconds
    side.seconds.append(seconds / command.share)
    if command.changed and side.files is None:
        side.files = command.changed()


def run(row: Row) -> Result:
    ours, peer = Side(), Side()
    for command in (row.peer, row.ours):
        if command.prime:
            measure(command, Side())
    for _ in range(row.runs):
        if not peer.seconds or peer.median * row.peer.share < SLOW:
            measure(row.peer, peer)
        measure(row.ours, ours)
    return Result(row, ours, peer)


# ---- the sides ---------------------------------------------------------------------------------


def _forget(where: Path, warm: bool = False) -> None:
    """No branch of an earlier run and, when cold, no plan and no cache."""
    if not warm:
        shutil.rmtree(where / ".git" / "codemod", ignore_errors=True)
    if git(where, "branch", "--list", BRANCH):
        git(where, "branch", "-qD", BRANCH)


def ours(where: Path, *arguments: str, warm: bool = False, title: str = "codemod") -> Command:
    argv = (str(BIN / "codemod"), "run", *arguments, "--format", "off", "-j", JOBS)
    if "--dry-run" in arguments:
        return Command(title, argv, where, lambda: _forget(where, warm), prime=warm)

    def changed() -> int:
        if not git(where, "branch", "--list", BRANCH):
            return 0
        return len(git(where, "diff", "--name-only", "HEAD", BRANCH).splitlines())

    argv = (*argv, "--branch", BRANCH, "--force")
    return Command(title, argv, where, lambda: _forget(where, warm), changed, prime=warm)


def in_place(where: Path, title: str, *argv: str) -> Command:
    """A peer that edits files: its copy of the corpus is put back before each run."""
    return Command(
        title,
        argv,
        where,
        lambda: (git(where, "checkout", "-qf", "."), None)[1],
        lambda: len(git(where, "diff", "--name-only").splitlines()),
    )


def libcst(where: Path, command: str, *arguments: str, whole: bool) -> Command:
    """Its time is a sum over files, minutes long: one file in eight stands for the others."""
    tool = (sys.executable, "-m", "libcst.tool", "codemod", "-x", f"libcst_peers.{command}")
    options = ("-j", JOBS, "--no-format", "--hide-progress")
    if whole:
        return in_place(where, "LibCST's runner", *tool, *arguments, *options, ".")
    paths = sorted(path for path in where.rglob("*.py"))
    chosen = paths[::SAMPLE]
    share = sum(p.stat().st_size for p in chosen) / sum(p.stat().st_size for p in paths)
    files = (str(path.relative_to(where)) for path in chosen)
    side = in_place(where, "LibCST's runner *", *tool, *arguments, *options, *files)
    return replace(side, share=share, changed=None)


def grep(where: Path, needle: str) -> Command:
    argv = ("git", "grep", "-lz", "-F", "--text", "-e", needle, "HEAD", "--", "*.py")
    return Command("git grep", argv, where)


def deliver(where: Path, side: str, title: str) -> Command:
    argv = (sys.executable, str(HERE / "delivery.py"), side, "1700")
    return Command(title, argv, where, lambda: _forget(where), prints=True)


def _copy(one: Path, name: str) -> Path:
    """A clone that a row may write to."""
    copy = one.with_name(f"{one.name}-{name}")
    if not copy.exists():
        subprocess.run(["git", "clone", "-q", one, copy], env=ENV, check=True)
    return copy


def _cpu(where: Path, word: str) -> Command:
    """The CPU seconds of modernize-typing, with the project's formatter or without."""
    run = (
        str(BIN / "codemod"),
        "run",
        "modernize-typing",
        "-n",
        "--stat",
        "--no-cache",
        "--format",
        word,
        "-j",
        JOBS,
    )
    argv = (sys.executable, str(HERE / "formatted.py"), *run)
    return Command(f"codemod --format {word}", argv, where, lambda: _forget(where), prints=True)


def _commit_an_edit(file: Path) -> None:
    """A new commit that differs from the one before in one file."""
    with file.open("a") as text:
        text.write("# edited\n")
    git(file.parent, "commit", "-qam", "an edit")


def _report(one: Path) -> Path:
    """What `pytest --durations=0` would print if every seventh test function were slow."""
    report = CACHE / "durations.txt"
    lines = git(one, "grep", "-oE", r"^(async )?def test_\w+", "--", "*.py").splitlines()
    tests = (f"{path}::{code.split()[-1]}" for path, _, code in (s.partition(":") for s in lines))
    report.write_text("".join(f"2.00s call     {test}\n" for test in list(tests)[::7]))
    return report


# ---- the rows ----------------------------------------------------------------------------------


def rows(there: set[str], whole: bool) -> Iterator[Row]:
    one, two, four = (repository(times) for times in (1, 2, 4))
    copy = _copy(one, "peer")
    rename = ("fixture-rename", "--old", OLD, "--new", NEW)
    nothing = ("fixture-rename", "--old", "no_such_fixture", "--new", "nor_this", "--dry-run")
    python = Command("python -c pass", (sys.executable, "-c", "pass"), one)
    ruff = (str(BIN / "ruff"), "check", "--isolated", "--no-cache", "--quiet")

    def codemod(*argv: str) -> Command:
        return Command("codemod", (str(BIN / "codemod"), *argv), one)

    yield Row("`--version`", codemod("--version"), python, 3, runs=15)
    yield Row("`--help`", codemod("--help"), python, 8, runs=15)
    need = "fixture-rename"
    yield Row("finds nothing", ours(one, *nothing), grep(one, "no_such_fixture"), 2, need, 9)
    yield Row("finds nothing, 4×", ours(four, *nothing), grep(four, "no_such_fixture"), 2, need, 5)
    cold = ours(one, *rename, title="codemod, cold")
    yield Row("fixture-rename", cold, libcst(copy, "Rename", *rename[1:], whole=whole), 1 / 20, need)
    dry = ours(one, *rename, "--dry-run", title="codemod, cold dry run")
    warm = ours(one, *rename, "--dry-run", warm=True, title="codemod, warm dry run")
    yield Row("fixture-rename, warm", warm, dry, 1 / 5, need)
    yield Row("fixture-rename, dry run", dry, grep(one, OLD), None, need)
    check = Command("ruff check F", (*ruff, "--select", "F", "."), one)
    yield Row("fixture-rename, dry run", dry, check, None, need)
    for times, where in ((2, two), (4, four)):
        larger = ours(where, *rename, "--dry-run", title=f"codemod, corpus {times}×")
        smaller = Command("codemod, corpus 1×", dry.argv, one, dry.before)
        yield Row(f"corpus {times}× against 1×", larger, smaller, times * 1.1, need)

    spare = _copy(one, "delivery")
    branch = deliver(spare, "ours", "codemod")
    yield Row("branch with 1,700 files", branch, deliver(spare, "git", "git fast-import"), 2)

    slow = str(_report(one))
    for name, mine, theirs in (
        ("asyncio-mark", (), ()),
        ("async-fixture", (), ()),
        ("fixture-scope", (), ()),
        ("mark-slow", ("--report", slow), ("--report", slow)),
        ("async-mock", (), ()),
    ):
        peer = libcst(copy, name.title().replace("-", ""), *theirs, whole=whole)
        yield Row(name, ours(one, name, *mine), peer, 1 / 20, name)
        look = (name, *mine, "--dry-run")
        again = ours(one, *look, warm=True, title="codemod, warm dry run")
        first = ours(one, *look, title="codemod, cold dry run")
        yield Row(f"{name}, warm", again, first, 1 / 5, name)

    other = _copy(one, "edited")
    for name in ("fixture-rename", "asyncio-mark"):
        first, mine = other / next(p for p in git(other, "ls-files", "*/tests/test_*.py").splitlines()), ()
        if name == "fixture-rename":
            mine = ("--old", OLD, "--new", NEW)
        edited = ours(other, name, *mine, "--dry-run", warm=True, title="codemod, the commit after")
        edited = replace(edited, before=lambda file=first: _commit_an_edit(file))
        look = ours(other, name, *mine, "--dry-run", title="codemod, cold dry run")
        yield Row(f"{name}, one file changed since", edited, look, None, name)

    name = "modernize-typing"
    target = ("--target-version", "3.10")
    rules = ("--select", "UP006,UP007,UP035,UP037,UP045", "--target-version", "py310", "--fix", ".")
    fix = in_place(copy, "ruff --fix", *ruff, *rules)
    yield Row(name, ours(one, name, *target, title="codemod, cold"), fix, 3, name)
    yield Row(f"{name}, warm", ours(one, name, *target, warm=True, title="codemod, warm"), fix, 1, name)
    kept = formatted() if name in there else one
    with_it, without = (_cpu(kept, word) for word in ("auto", "off"))
    # of ten parts of the CPU at most one is the formatter's
    yield Row(f"{name}, 2,000 formatted files, CPU", with_it, without, 1 / 0.9, name)
    if name not in there:
        return  # pyupgrade is installed only for its row
    each = f"git ls-files -z '*.py' | xargs -0 -n 200 -P {JOBS} {tool(PYUPGRADE, 'pyupgrade')} --py310-plus"
    shell = in_place(copy, "pyupgrade", "sh", "-c", f"{each} >/dev/null 2>&1 || true")
    yield Row(name, ours(one, name, *target, title="codemod, cold"), shell, 1 / 3, name)


def beside(other: str, there: set[str]) -> Iterator[Row]:
    """Each command of ours once, with that of another installation as its peer."""
    mine = str(BIN / "codemod")
    seen = set()
    for row in rows(there, whole=False):
        command = row.ours
        key = (command.argv, command.where, command.prime)
        # the commit after an edit is made before each run: no two are alike
        if command.argv[0] != mine or "the commit after" in command.title or key in seen:
            continue
        seen.add(key)
        where = _copy(command.where, "beside")  # what one keeps must not push out what the other does
        before = partial(_forget, where, command.prime) if command.argv[1] == "run" else command.before
        argv = (other, *command.argv[1:])
        peer = replace(command, title="the other codemod", argv=argv, where=where, before=before, changed=None)
        yield Row(name=row.name, ours=command, peer=peer, limit=1.1, needs=row.needs, runs=row.runs)


# ---- what is written ---------------------------------------------------------------------------


def _seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def _goal(limit: float | None) -> str:
    if limit is None:
        return ""
    return f"≤ {limit:g} ×" if limit >= 1 else f"≤ 1/{1 / limit:.0f}"


def _ratio(value: float) -> str:
    return f"{value:.2f} ×" if value >= 0.3 else f"1/{1 / value:.1f}"


def _memory(side: Side) -> str:
    """A process counts at least what this one used when it started it."""
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{side.megabytes:.0f} MB" if side.megabytes > floor + 1 else f"< {floor:.0f} MB"


def _line(result: Result) -> str:
    row, us, them = result.row, result.ours, result.peer
    runs = "" if len(them.seconds) == len(us.seconds) else f", {len(them.seconds)} run"
    files = "" if us.files is None else f"{us.files}"
    files += "" if them.files is None else f" / {them.files}"
    cells = (
        *(row.name, f"{row.peer.title}{runs}", _ratio(result.ratio), _goal(row.limit)),
        *(result.met, _seconds(us.median), _seconds(them.median)),
        *(f"{_memory(us)} / {_memory(them)}", files),
    )
    return "| " + " | ".join(cells) + " |"


def renewed(text: str, result: Result) -> str:
    """The page with one row measured anew."""
    line = _line(result)
    start = line[: line.index(" |", line.index(result.row.peer.title))]
    lines = [line if old.startswith(start) else old for old in text.splitlines()]
    if line not in lines:
        last = max(number for number, old in enumerate(lines) if old.startswith("| "))
        lines.insert(last + 1, line)
    return "\n".join(lines) + "\n"


def _machine() -> str:
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[2]  # an idle machine shows what the bench itself takes
    kind = f"{cpu}, {JOBS} processors, {memory:.0f} GB, {platform.system()}"
    return f"{kind}, load average {load:.1f}"


def _versions() -> str:
    asked = (
        *((str(BIN / "codemod"), "--version"), ("git", "--version")),
        *((str(BIN / "ruff"), "--version"), (sys.executable, "--version")),
    )
    found = [subprocess.run(a, capture_output=True, text=True).stdout.strip() for a in asked]
    return ", ".join([*found, f"libcst {version('libcst')}", PYUPGRADE.replace("==", " ")])


def page(results: Sequence[Result], left_out: Sequence[str]) -> str:
    files, megabytes = size(repository(1))
    head = (
        "| work | beside | ratio | goal | met | ours | peer | memory ours / peer | files changed |",
        "|---|---|---|---|---|---|---|---|---|",
    )
    text = [
        "# Benchmarks",
        "",
        "Written by `make bench`; not edited by hand. The ratio is our time over the peer's,",
        "medians of alternating runs on the same commit with the same number of jobs; memory is",
        "that of the largest process. A peer that takes more than two minutes runs once.",
        "Single rows may have been renewed later, with `--only`.",
        "Warm: the same run of the same commit again. A run of the commit after knows the answers",
        "for all files but one.",
        "",
        f"\\* On one file in {SAMPLE}, evenly chosen, its time scaled by bytes; `--whole` gives it all.",
        "",
        *(*head, *map(_line, results)),
        "",
        f"Corpus: {files:,} Python files, {megabytes:.0f} MB: "
        + ", ".join(f"{pin.name} {pin.version}" for pin in PINS)
        + ".",
        "",
        f"Machine: {_machine()}. Versions: {_versions()}.",
    ]
    largest = max((r.ours.megabytes for r in results), default=0)
    text += ["", f"Largest process of ours in any row: {largest:.0f} MB (goal: under 300 MB)."]
    if left_out:
        text += ["", f"Not measured: {', '.join(left_out)}."]
    return "\n".join(text) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", metavar="TEXT", help="rows whose name holds this")
    parser.add_argument("--whole", action="store_true", help="LibCST's runner over all files")
    parser.add_argument("--beside", default="", metavar="CODEMOD", help="the console script of another installation")
    chosen = parser.parse_args()
    listed = subprocess.run([BIN / "codemod", "list"], capture_output=True, text=True).stdout
    there = set(re.findall(r"^[a-z]+(?:-[a-z]+)+", listed, re.MULTILINE))
    results: list[Result] = []
    if chosen.beside:
        for row in beside(str(Path(chosen.beside).absolute()), there):
            if chosen.only in row.name and (not row.needs or row.needs in there):
                results.append(run(row))
                print(_line(results[-1]), flush=True)
        sys.exit(any(result.met != "yes" for result in results))
    todo = [row for row in rows(there, chosen.whole) if chosen.only in row.name]
    waiting = [row.name for row in todo if row.needs and row.needs not in there]
    for row in todo:
        if row.name in waiting:
            continue
        results.append(run(row))
        print(_line(results[-1]), flush=True)
        # after every row: an hour's work survives an interruption
        if chosen.only:
            PAGE.write_text(renewed(PAGE.read_text(), results[-1]))
        else:
            left = [row.name for row in todo[todo.index(row) + 1 :] if row.name not in waiting]
            PAGE.write_text(page(results, waiting + left))


if __name__ == "__main__":
    main()
