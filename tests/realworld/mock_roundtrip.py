"""AsyncMocks taken out of real suites, and what the codemod brings back.

`make realworld ARGS="--mocks [NAME…]"` turns every AsyncMock that a suite makes into a MagicMock, runs
`async-mock --unsafe` and prints a line per suite: how many were taken out, how many came back safe and
unsafe, how many by their attributes (of a whole object, those that the test sets came back), how many
are right as they are (a spec makes them async, or an async side effect gives something to await), how
many were left with a code, and how many in silence, which is a defect. `--run` also runs each suite as released, with
the MagicMocks and with what came back: no test may end worse than with the MagicMocks. Each miss and
each new AsyncMock is written to missed.txt beside the suite's results.
"""

from __future__ import annotations

import argparse
import ast
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codemods.engine.source import Function, Source

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from compare import outcomes
from steps import apply, known_suites, prepare
from suites import Step
from trees import home, source, suite_run

CODEMOD = Path(sys.executable).with_name("codemod")
NAMES = ("zigpy", "bellows", "async-upnp-client", "google-auth", "google-api-core", "aiocache")
COLUMNS = ("taken out", "safe", "unsafe", "attributes", "right as is", "with a code", "silent")
BACK = COLUMNS[1:5]
RIGHT = "M20-already-awaitable"


@dataclass(frozen=True)
class Made:
    """One AsyncMock that a file makes: where its class is named, and whether a spec says what it is."""

    path: str
    line: int
    start: int  # the name's character offset
    spec: bool = False


def _named(text: str) -> Iterator[tuple[ast.expr, bool]]:
    """The expressions that name AsyncMock where one is made, and whether that has an object as its spec."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=(ast.Name(id="AsyncMock") | ast.Attribute(attr="AsyncMock")) as named):
                specs = [k.value for k in node.keywords if k.arg in ("spec", "spec_set")]
                yield named, any(not isinstance(s, ast.List | ast.Tuple | ast.Constant) for s in specs)
            case ast.keyword(
                arg="new_callable", value=(ast.Name(id="AsyncMock") | ast.Attribute(attr="AsyncMock")) as named
            ):
                yield named, False


def _show(folder: Path, *command: str) -> str:
    done = subprocess.run(["git", *command], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "surrogateescape")


def made(folder: Path, revision: str) -> Iterator[Made]:
    """All AsyncMocks of a revision, in the order of the text."""
    listed = _show(folder, "grep", "-lIz", "AsyncMock", revision, "--", "*.py").split("\0")
    for path in (name.partition(":")[2] for name in listed if name):
        text = _show(folder, "show", f"{revision}:{path}")
        file = Source(path, text.encode())
        found = [Made(path, n.lineno, file.end(n) - len("AsyncMock"), spec) for n, spec in _named(text)]
        yield from sorted(found, key=lambda m: m.start)


@dataclass
class Account:
    """How the AsyncMocks of one suite ended."""

    ends: Counter[str] = field(default_factory=Counter)  # by column
    codes: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)  # AsyncMocks where the suite has none

    @property
    def back(self) -> int:
        return sum(self.ends[column] for column in BACK)

    @property
    def taken(self) -> int:
        return sum(self.ends.values())

    def row(self, name: str) -> str:
        share = f"{100 * self.back / self.taken:.0f} %" if self.taken else "–"
        cells = [self.taken, *(self.ends[column] for column in COLUMNS[1:])]
        codes = ", ".join(f"{code} {count}" for code, count in self.codes.most_common() if count)
        return f"{name:<20}" + "".join(f"{cell:>13}" for cell in cells) + f"{share:>8}  {codes}"


def header() -> str:
    return f"{'':<20}" + "".join(f"{column:>13}" for column in COLUMNS) + f"{'back':>8}"


def account(folder: Path, report: str, original: str = "") -> Account:
    """How each AsyncMock of `main` ended, by the report of a run over the suite without them; `original` is the
    report of a run over `main` itself, which knows those that stand for a plain function."""
    step = json.loads(report)["steps"][0]
    changes = {
        (p["path"], at): c
        for c in step["changes"]
        for p in c["parts"]
        for e in p["edits"]
        for at in range(e[0], max(e[1], e[0] + 1))
    }
    skips = {(s["path"], s["line"]): s["code"] for s in step["skips"]}
    if original:
        found = ((s["path"], s["line"]) for s in json.loads(original)["steps"][0]["skips"] if s["code"][:3] == "M30")
        skips = {**dict.fromkeys(found, "M30-over-async"), **skips}
    told = Account()
    back: set[str] = set()
    for mock in made(folder, "main"):
        change = changes.get((mock.path, mock.start)) or changes.get((mock.path, mock.start + 1))
        code = skips.get((mock.path, mock.line), "")
        if change is not None and change["state"] == "applied":
            back.add(change["key"])
            told.ends[change["safety"]] += 1
            continue
        code = code or (f"a {change['safety']} change" if change is not None else "")
        if mock.spec or code == RIGHT:
            told.ends["right as is"] += 1
        elif not code and (end := _by_attributes(folder, mock, changes, skips)):
            told.ends[end] += 1
        else:
            told.ends["with a code" if code else "silent"] += 1
            told.codes[code] += bool(code)
            told.missed.append(f"{mock.path}:{mock.line}: {code or 'silent'}")
    told.new = [
        f"{p['path']}:{p['line']}: {p['reason']}"
        for c in step["changes"]
        if c["state"] == "applied" and c["key"] not in back
        for p in c["parts"]
    ]
    return told


def _by_attributes(
    folder: Path, mock: Made, changes: Mapping[tuple[str, int], Any], skips: Mapping[tuple[str, int], str]
) -> str:
    """How the attributes ended that a function sets on its `x = AsyncMock()`: "attributes" where all are AsyncMocks
    again, "with a code" where each came back or has a code; else ""."""
    text = _show(folder, "show", f"main:{mock.path}")
    file = Source(mock.path, text.encode())
    call = next(
        (n for n in ast.walk(file.tree) if isinstance(n, ast.Call) and file.end(n.func) == mock.start + 9), None
    )
    parent = file.parents[call] if call is not None else None
    function = next((f for f in file.ancestors(call) if isinstance(f, Function)), None) if call is not None else None
    if not (isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name) and function is not None):
        return ""
    name = parent.targets[0].id
    sets = [s for s in ast.walk(function) if isinstance(s, ast.Assign) and isinstance(s.targets[0], ast.Attribute)]
    sets = [s for s in sets if _root(s.targets[0]) == name]
    back = [any((mock.path, at) in changes for at in range(*file.span(s))) for s in sets]
    told = [done or (mock.path, s.lineno) in skips for s, done in zip(sets, back, strict=True)]
    return "attributes" if sets and all(back) else "with a code" if sets and all(told) else ""


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def run(folder: Path, revision: str) -> str:
    """The codemod's report on a revision, as JSON; nothing is written."""
    command = [
        str(CODEMOD),
        "run",
        "async-mock",
        "--unsafe",
        "--dry-run",
        "--format",
        "off",
        "--output-format",
        "json",
    ]
    done = subprocess.run([*command, "-q", "--base", revision], cwd=folder, capture_output=True, text=True)
    return done.stdout


def main(arguments: Sequence[str]) -> int:
    """One table over several suites; 1 where a mock is left in silence, fewer than nine in ten come back, or a
    test of a suite ends worse."""
    parser = argparse.ArgumentParser(prog="run.py --mocks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"suites; without: {', '.join(NAMES)}")
    parser.add_argument("--run", action="store_true", help="run the suites too")
    parser.add_argument("--checkout", action="append", default=[], metavar="NAME=DIR", help="its source is there")
    chosen = parser.parse_args(arguments)
    known = known_suites(chosen.checkout)
    if unknown := set(chosen.names) - known.keys():
        parser.error(f"no suite {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    every = Account()
    wrong: list[str] = []
    print(header())
    for name in chosen.names or NAMES:
        suite = known[name]
        step = Step("async-mock", ("--unsafe",), "no-async-mock")
        folder = source(suite)
        base = prepare(folder, step)
        told = account(folder, run(folder, base), run(folder, "main"))
        print(told.row(suite.sdist.label), flush=True)
        (home(suite) / "missed.txt").write_text("\n".join([*told.missed, *(f"new: {line}" for line in told.new), ""]))
        every.ends += told.ends
        every.codes += told.codes
        wrong += [f"{name}: {line}" for line in told.missed if line.endswith(": silent")]
        if chosen.run:
            ends = {}
            for title, revision in (("released", "main"), ("taken out", base), ("back", apply(folder, step, base))):
                into = home(suite) / "mocks" / title.replace(" ", "-")
                suite_run(suite, folder, revision, into)
                ends[title] = into / "outcomes.jsonl"
            left, _ = outcomes(ends["released"], ends["back"], None)
            lost, _ = outcomes(ends["released"], ends["taken out"], None)
            changed, _ = outcomes(ends["taken out"], ends["back"], None)
            worse = [line for line in changed if ": call passed →" in line]
            print(f"{'':<20}{len(lost)} tests end otherwise without them, {len(left)} still; {len(worse)} worse")
            wrong += [f"{name}: {line}" for line in worse]
    print(every.row("all"))
    if every.back < 0.9 * every.taken:
        wrong.append("fewer than nine in ten came back")
    for line in wrong:
        print(line, file=sys.stderr)
    return bool(wrong)
