"""`run.py --moves [NAME…] [--each N] [--seed N] [--suite]`: definitions of real projects, moved to another module and back.

Of each project functions, classes and constants are drawn by a seed. Each moves in turn to a new module beside its own and to
one that is there, and back to where it stood (`--after` or `--before` its old neighbour): the bytes must be as before. One
that is refused is counted with its reason, and the next is drawn. With `--suite` all that were safe move at once, one commit
after the other, and every test must end as before.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import trees
from compare import outcomes
from corpus import ENV, git
from narrow_projects import NARROW
from rename_proof import CODEMOD, HOME, NAMES, SEED, clean, copy_of
from rename_symbols import Symbol, symbols
from suites import Suite


@dataclass
class Account:
    ends: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    safe: list[tuple[str, str]] = field(default_factory=list)  # what moved safely, and where to


def move(folder: Path, *arguments: str) -> tuple[bool, bool, str]:
    """Whether something moved in place, whether that was safe, and what was said where nothing did."""
    command = [str(CODEMOD), "run", "move-symbol", "--unsafe", "--in-place", "--format", "off", "-q"]
    done = subprocess.run(
        [*command, "--output-format", "json", *arguments], cwd=folder, env=ENV, capture_output=True, text=True
    )
    if done.returncode:
        return False, False, done.stderr.strip()[-300:]
    step = json.loads(done.stdout)["steps"][0]
    made = [change for change in step["changes"] if change["state"] == "applied"]
    said = [s for s in step["skips"] if s["code"] not in ("M10-only-the-name", "M13-docs", "M14-goes")]
    told = "; ".join(f"{s['path']}:{s['line']}: {s['code']}: {s['reason']}" for s in said)
    return bool(made), all(change["safety"] == "safe" for change in made), told or "nothing said"


def neighbour(named: Sequence[str], gone: Sequence[str]) -> tuple[str, ...]:
    """How to say where definitions stood: below the definition above them, or above the one below them."""
    place = named.index(gone[0])
    if place and named[place - 1]:
        return "--after", named[place - 1]
    below = place + len(gone)
    return ("--before", named[below]) if below < len(named) and named[below] else ()


def _defined(folder: Path, symbol: Symbol) -> list[str]:
    """What the statements of a module define, in their order; "" for one that defines nothing."""
    path = folder / symbol.path
    return [next(_names(node), "") for node in ast.parse(path.read_bytes()).body] if path.exists() else []


def _names(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def there(folder: Path, symbol: Symbol, to: str, account: Account) -> bool:
    """One definition moved and back; whether it moved."""
    title = f"{symbol.kind} {symbol.dotted} → {to}"
    source = symbol.dotted.rpartition(".")[0]
    was = _defined(folder, symbol)
    moved, safe, said = move(folder, "--symbol", symbol.dotted, "--to", to)
    problem = ""
    if moved:
        gone = [name for name in was if name and name not in _defined(folder, symbol)]  # with private helpers
        beside = neighbour(was, gone)
        words = [word for name in gone for word in ("--symbol", f"{to}.{name}")]
        back, _, told = move(folder, *words, "--to", source, *beside)
        git(folder, "add", "--all")
        differs = git(folder, "diff", "--cached", "main")
        problem = f"back: {told}" if not back else f"back, other bytes:\n{differs[:3000]}" if differs else ""
        account.ends["moved" if not problem else "not as before"] += 1
        account.ends["of them safe"] += safe
        account.safe += [(symbol.dotted, to)] if safe else []
    else:
        account.ends[f"refused: {said.split(': ')[1] if said.count(': ') > 1 else said}"] += 1
    print(f"  {title}: {(problem and 'not as before') or ('there and back' if moved else said)}", flush=True)
    git(folder, "reset", "-q", "--hard", "main")
    clean(folder)
    if problem:
        account.wrong.append(f"{title} ({' '.join(beside)}): {problem}")
    return moved


def prove(suite: Suite, each: int, seed: int, tests: bool) -> Account:
    account, folder = Account(), copy_of(suite)
    clean(folder)
    found = [
        s for s in symbols(folder, suite.packages, suite.path)
        if s.kind in ("function", "class", "constant") and not s.path.endswith("__init__.py") and s.dotted.count(".") > 1
    ]  # fmt: skip
    modules = sorted({s.dotted.rpartition(".")[0] for s in found})
    rng = random.Random(seed)
    rng.shuffle(found)
    number = 0
    for symbol in found:
        if number == each:
            break
        source = symbol.dotted.rpartition(".")[0]
        package = source.rpartition(".")[0]
        others = [m for m in modules if m.rpartition(".")[0] == package and m != source]
        new = number % 2 == 0 or not others
        number += there(folder, symbol, f"{package}.zest_moved" if new else rng.choice(others), account)
    print(f"{suite.sdist.label}: {dict(account.ends)}", flush=True)
    if tests:
        at_once(folder, suite, account)
    return account


def at_once(folder: Path, suite: Suite, account: Account) -> None:
    """All that were safe, one after the other, and the suite."""
    for dotted, to in account.safe:
        moved, _, said = move(folder, "--symbol", dotted, "--to", to)
        account.wrong += [] if moved else [f"at once: {dotted}: {said}"]
    git(folder, "checkout", "-qB", "moved")
    git(folder, "add", "--all")
    git(folder, "commit", "-qm", "moved")
    into = HOME / suite.sdist.label / "moved"
    trees.suite_run(suite, folder, "moved", into)
    again = HOME / suite.sdist.label / "unmoved"  # as tests end here and now
    trees.suite_run(suite, folder, "main", again)
    differ, ends = outcomes(again / "outcomes.jsonl", into / "outcomes.jsonl", None)
    print(
        f"{suite.sdist.label}: {len(account.safe)} at once; {dict(ends)}; {len(differ)} tests end otherwise",
        flush=True,
    )
    account.wrong += differ
    clean(folder)


def main(arguments: Sequence[str]) -> int:
    """1 where a way there and back ends otherwise, or a test does."""
    known = {suite.sdist.name: suite for suite in NARROW}
    parser = argparse.ArgumentParser(prog="run.py --moves", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"projects; without: {', '.join(NAMES)}")
    parser.add_argument("--each", type=int, default=5, help="how many of each project")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--suite", action="store_true", help="run the suites too")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.names) - known.keys():
        parser.error(f"no project {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    wrong: list[str] = []
    for name in chosen.names or NAMES:
        account = prove(known[name], chosen.each, chosen.seed, chosen.suite)
        wrong += [f"{name}: {line}" for line in account.wrong]
    for line in wrong:
        print(line, file=sys.stderr)
    return bool(wrong)
