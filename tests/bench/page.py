"""BENCHMARKS.md: how the rows are written."""

from __future__ import annotations

import os
import platform
import re
import resource
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from corpus import PINS, repository, size
from measuring import Result, Side
from peers import PYUPGRADE

BIN = Path(sys.executable).parent
JOBS = str(os.cpu_count() or 1)
SAMPLE = 16  # LibCST's runner gets one file in so many


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


def table_line(result: Result) -> str:
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
    line = table_line(result)
    start = line[: line.index(" |", line.index(result.row.peer.title))]
    others = sections_of(text)
    lines = [line if old.startswith(start) else old for old in text.removesuffix(others).splitlines()]
    if line not in lines:
        last = max(number for number, old in enumerate(lines) if old.startswith("| "))
        lines.insert(last + 1, line)
    return "\n".join(lines) + "\n" + others


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


def sections_of(text: str) -> str:
    """What a page has below its first table: the layouts, the cluster. Each has a program of its own."""
    found = re.search(r"^## .*", text, re.M | re.S)
    return found[0] if found else ""


def with_section(text: str, title: str, body: str) -> str:
    """The page with one of its sections written anew, or with one more."""
    made = f"## {title}\n\n{body.strip()}\n"
    pattern = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.M | re.S)
    if pattern.search(text):
        return pattern.sub(lambda _: f"{made}\n", text).rstrip("\n") + "\n"
    return f"{text.rstrip(chr(10))}\n\n{made}"


def page(results: Sequence[Result], left_out: Sequence[str], others: str = "") -> str:
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
        *(*head, *map(table_line, results)),
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
    return "\n".join([*text, *(["", others.rstrip("\n")] if others else [])]) + "\n"
