"""Broaden and recover: `run.py --narrow recover [PACKAGE…] [--judge]`.

A person who wrote `except ValueError` knew what arrives there. In a copy of a package such handlers become `except Exception`,
one for each `try` (the last, where it names its types), never one inside of another; the codemod runs with `--unsafe`; what
it writes must take all that the person named. The classes are compared as they are in an interpreter that has the package.

What one handler takes more another one sees less. So a clause that missed is broadened once more with none but such beside
it, and that answer counts. Programming errors and MemoryError are aside; IndexError and KeyError together take LookupError.

The packages are split by name: without an argument those run that the flow was developed on; with `--judge` the others.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import ENV, git
from narrow_packages import PACKAGES, interpreter
from narrow_sites import ALONE, HOME, NAME, UNKNOWN, Handler, at, files, handlers, read, repository, run
from sdists import Sdist

from codemods.engine.known import Project
from codemods.engine.source import Source
from codemods.facts.modules import Modules

HERE = Path(__file__).parent
BRANCH = f"codemod/{NAME}"
SHOWN = 3  # lines of a body
REST = re.compile(r"(\s*\))?([ \t]+as[ \t]+\w+)?[ \t]*:[ \t]*(#[^\r\n]*)?")
BROAD = {"Exception", "BaseException"}
WANTED = 95  # of a hundred narrowed ones, those that take what the person named


def judged(sdist: Sdist) -> bool:
    """Whether a package is one to judge on: by its name, so that nobody chose."""
    return hashlib.sha256(sdist.name.encode()).digest()[0] % 2 == 0


@dataclass(frozen=True)
class Key:
    path: str
    number: int


@dataclass
class Label:
    """What a person wrote, and what became of it."""

    key: Key
    line: int  # in the package as it is
    person: tuple[str, ...]
    body: str
    local: tuple[str, ...]  # import statements of the functions around it
    round: int
    ours: tuple[str, ...] = ()  # the types that the codemod writes, nothing where it leaves the clause
    added: tuple[str, ...] = ()
    said: str = ""  # the code of the skip, or the safety of a change that was not made
    reason: str = ""
    verdict: dict[str, Any] = field(default_factory=dict)

    @property
    def missed(self) -> list[str]:
        found: list[str] = self.verdict.get("missed", [])
        return found


def labels(file: Source) -> Iterator[Label]:
    """The handlers of a file that get broadened: the last of each `try`, where it names its types."""
    chosen: set[ast.AST] = set()
    for handler in handlers(file):
        last = handler.node is handler.statement.handlers[-1]
        named = handler.types and not BROAD & {*handler.types}
        simple = all(re.fullmatch(r"[\w.]+", text) for text in handler.types)
        if last and named and simple and isinstance(handler.statement, ast.Try):
            above = [*file.ancestors(handler.statement)]
            chosen.add(handler.statement)
            yield Label(
                key=Key(file.path, handler.number),
                line=handler.node.lineno,
                person=handler.types,
                body=_shown(file, handler.statement),
                local=tuple(
                    _imports(node for node in above if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
                ),
                round=sum(isinstance(node, ast.Try) and node in chosen for node in above),
            )


def _shown(file: Source, statement: ast.Try) -> str:
    first, last = statement.body[0].lineno, statement.body[-1].end_lineno or 0
    lines = [file.line(number).rstrip() for number in range(first, min(last, first + SHOWN - 1) + 1)]
    return "\n".join(lines + ["        …"] * (last - first >= SHOWN))


def _imports(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        yield from (ast.unparse(n) for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom))


def broadened(file: Source, numbers: Collection[int]) -> bytes:
    """The file with `except Exception` for some handlers; without the comment behind them, which could be a signature."""
    text = file.text
    for handler in sorted(handlers(file), key=lambda h: -h.node.lineno):
        if handler.number in numbers:
            assert handler.node.type
            start, end = file.span(handler.node.type)
            opened = text[:start].rstrip().endswith("(")
            rest = REST.match(text, end)
            assert rest, (file.path, handler.node.lineno)
            assert bool(rest[1]) == opened, (file.path, handler.node.lineno)
            start = text.rindex("(", 0, start) if opened else start
            text = f"{text[:start].rstrip()} Exception{rest[2] or ''}:{text[rest.end() :]}"
    return file.encoded(text)


def broaden(folder: Path, chosen: Iterable[Label]) -> None:
    """Commit the package with those handlers broadened, on a branch of its own."""
    git(folder, "checkout", "-qfB", "broadened", "main")
    by_path: dict[str, set[int]] = {}
    for label in chosen:
        by_path.setdefault(label.key.path, set()).add(label.key.number)
    for path, numbers in by_path.items():
        file = Source(path, (folder / path).read_bytes())
        (folder / path).write_bytes(broadened(file, numbers))
    git(folder, "commit", "-qam", "broadened", "--allow-empty")


def recover(folder: Path, chosen: list[Label]) -> float:
    """Run the codemod where those handlers are broadened, and say of each what it did; the seconds that it took."""
    broaden(folder, chosen)
    report, seconds = run(folder, "--unsafe", "--branch", BRANCH, "--force")
    found = at(report)
    made = git(folder, "branch", "--list", BRANCH).strip()
    for path in sorted({label.key.path for label in chosen}):
        before = read(path, (folder / path).read_bytes())
        after = (
            read(path, git(folder, "show", f"{BRANCH}:{path}").encode() if made else before.data) if before else None
        )
        assert before
        assert after, path
        was, now = handlers(before), handlers(after)
        assert len(was) == len(now), path
        added = tuple(sorted({*_imports([after.tree])} - {*_imports([before.tree])}))
        for label in (one for one in chosen if one.key.path == path):
            _say(label, was[label.key.number], now[label.key.number], found, added)
    git(folder, "checkout", "-qf", "main")
    if made:
        git(folder, "branch", "-qD", BRANCH)
    return seconds


def _say(
    label: Label,
    was: Handler,
    now: Handler,
    found: dict[tuple[str, int], list[dict[str, Any]]],
    added: tuple[str, ...],
) -> None:
    label.ours, label.added, label.said, label.reason = (), added, "", ""
    assert was.types == ("Exception",), (label.key, was.types)
    if now.types != was.types:
        label.ours = now.types
        return
    told = found.get((label.key.path, was.node.lineno), [])
    label.said = " ".join(sorted({one.get("code") or one["safety"] for one in told})) or "nothing said"
    label.reason = "; ".join(one["reason"] for one in told)


def judge(folder: Path, chosen: list[Label]) -> None:
    """Ask the interpreter that has the package whether the new classes take the person's."""
    tracked = git(folder, "ls-files").splitlines()
    texts = {p.name: p.read_text() for p in folder.iterdir() if p.name in ("pyproject.toml", "setup.cfg", "setup.py")}
    modules = Modules(Project(paths=tuple(p for p in tracked if p.endswith(".py")), texts=texts))
    cases = []
    for label in chosen:
        file = Source(label.key.path, (folder / label.key.path).read_bytes())
        cases.append(
            {
                "module": modules.name(label.key.path) or label.key.path.removesuffix(".py").replace("/", "."),
                "top": [*_imports([file.tree])],
                "local": [*label.added, *label.local],
                "person": label.person,
                "ours": label.ours,
            }
        )
    done = subprocess.run(
        [interpreter(), HERE / "narrow_classes.py"],
        cwd=HOME,
        env=ENV,
        input=json.dumps(cases),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"error: {folder}: {done.stderr[-400:]}")
    for label, verdict in zip(chosen, json.loads(done.stdout), strict=True):
        label.verdict = verdict


def package(sdist: Sdist, checkout: str) -> list[Label]:
    folder = repository(sdist, checkout)
    found = [label for file in files(folder) for label in labels(file)]
    seconds = [0.0]
    for number in sorted({label.round for label in found}):
        seconds.append(recover(folder, [label for label in found if label.round == number]))
    judge(folder, found)
    for number in sorted({label.round for label in found if label.missed}):  # none but these beside it
        again = [label for label in found if label.missed and label.round == number]
        recover(folder, again)
        judge(folder, again)
    tell(sdist.label, found, max(seconds))
    return found


@dataclass(frozen=True)
class Figures:
    """Clauses where the person named a data error, by what became of them."""

    labels: int
    narrowed: int
    taken: int
    unjudged: int
    left: Counter[str]

    @classmethod
    def of(cls, found: Iterable[Label]) -> Figures:
        counted = [label for label in found if label.verdict.get("named") and not label.verdict["beyond"]]
        narrowed = [label for label in counted if label.ours]
        unjudged = [label for label in narrowed if "missed" not in label.verdict]
        taken = sum(not label.missed for label in narrowed) - len(unjudged)
        left = Counter(label.said for label in counted if not label.ours)
        return cls(len(counted), len(narrowed), taken, len(unjudged), left)

    @property
    def share(self) -> float:
        judged = self.narrowed - self.unjudged
        return 100 * self.taken / judged if judged else 100.0

    def row(self, name: str) -> str:
        left = ", ".join(f"{code} {number}" for code, number in self.left.most_common())
        part = 100 * self.narrowed / self.labels if self.labels else 0
        return f"| {name} | {self.labels} | {self.narrowed} | {part:.0f} % | {self.taken} | {self.share:.1f} % | {self.unjudged} | {left} |"


HEAD = "| package | handlers | narrowed | share | take all that was named | share | not judged | left |\n|---|---|---|---|---|---|---|---|"


def tell(name: str, found: list[Label], seconds: float) -> None:
    """Print a package's row, and write what was missed and what was left."""
    print(f"{Figures.of(found).row(name)} {seconds:.0f} s", flush=True)
    with (HOME / f"recover-{name}.md").open("w") as out:
        for label in sorted(found, key=lambda one: (one.key.path, one.line)):
            verdict = label.verdict
            if label.ours and (label.missed or "missed" not in verdict) and verdict.get("named"):
                cause = "special" if verdict.get("special") else "missed" if label.missed else "not judged"
                said = f"person {', '.join(verdict['named'])}; ours {', '.join(label.ours)}; {cause} {label.missed}"
                print(f"- {name}/{label.key.path}:{label.line}: {said}\n```\n{label.body}\n```", file=out)
        for label in sorted(found, key=lambda one: (one.said, one.reason)):
            if not label.ours:
                print(f"- {name}/{label.key.path}:{label.line}: {label.said}: {label.reason}", file=out)
    with (HOME / f"recover-{name}.json").open("w") as out:
        json.dump([{**vars(label), "key": vars(label.key)} for label in found], out, indent=1)


def causes(found: Iterable[Label]) -> Counter[str]:
    """The misses, by what was named and whether ours is a part of that."""
    count = Counter[str]()
    for label in found:
        for name in label.missed:
            special = name in label.verdict["special"]
            count[f"{name}, of which ours is a part" if special else f"{name} is not among ours"] += 1
    return count


def blocks(found: Iterable[Label]) -> Counter[str]:
    """The callees that stand in the way alone."""
    return Counter(one[1] for label in found if label.said == UNKNOWN and (one := ALONE.match(label.reason)))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py --narrow recover", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="PACKAGE", help="those to develop on without")
    parser.add_argument("--judge", action="store_true", help="those to judge on")
    parser.add_argument("--list", action="store_true", help="the split")
    parser.add_argument("--checkout", action="append", default=[], metavar="NAME=DIR", help="its source is there")
    chosen = parser.parse_args(arguments)
    known = {sdist.name: sdist for sdist in PACKAGES}
    if unknown := set(chosen.names) - known.keys():
        parser.error(f"no package {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    if chosen.list:
        for side in (False, True):
            told = ", ".join(sdist.label for sdist in PACKAGES if judged(sdist) is side)
            print(f"{'to judge on' if side else 'to develop on'}: {told}")
        return 0
    names = chosen.names or [sdist.name for sdist in PACKAGES if judged(sdist) is chosen.judge]
    places = dict(text.split("=", 1) for text in chosen.checkout)
    print(HEAD, flush=True)
    found = [label for name in names for label in package(known[name], places.get(name, ""))]
    figures = Figures.of(found)
    print(figures.row("all"))
    print("\nmissed, by cause:")
    for cause, number in causes(found).most_common(40):
        print(f"{number:5} {cause}")
    alone = blocks(found)
    print(f"\nunknown alone, {alone.total()} clauses:")
    for callee, number in alone.most_common(40):
        print(f"{number:5} {callee}")
    silent = [f"{label.key.path}:{label.line}" for label in found if label.said == "nothing said"]
    for line in silent:
        print(f"nothing was said of {line}", file=sys.stderr)
    return figures.share < WANTED or bool(silent)
