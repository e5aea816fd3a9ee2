"""`run.py --rename [NAME…] [--each N] [--seed N] [--suite safe|all] [--again]`: symbols of real projects, renamed there and back.

Of each project symbols are drawn by a seed, as many of every kind (functions, classes, methods, constants, modules).
Each is renamed to a fresh name and back: the bytes must be as before. A second opinion (second_opinion.py: jedi, in an
environment of its own) says of each edited token whether it is the renamed thing, and which ones it finds beyond those.
With `--suite` all of a project whose rename was safe are renamed at once by `--map`, every test must end as before, and they
are renamed back at once; with `--suite all` those that were unsafe, too: tests that end otherwise are told, for that is what
the word says. One run of the suite for all: those that interact are no trouble, and a suite takes minutes. What was renamed is kept:
`--again` takes the round trips of the last time for done, and asks only the second opinion and the suite.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import trees
from compare import outcomes
from corpus import ENV, git
from narrow_projects import NARROW
from rename_symbols import Symbol, draw, symbols
from sdists import CACHE
from suites import Suite

CODEMOD = Path(sys.executable).with_name("codemod")
HOME = CACHE / "rename"
BRANCH = "codemod/renamed"
NAMES = ("boltons", "kombu", "gql")
SECOND = "jedi==0.20.1"
SEED = 14


@dataclass
class Account:
    """How the symbols of one project ended."""

    ends: Counter[str] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)
    beyond: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Renamed:
    """One symbol that was renamed, and where: (path, start, end) of the text before."""

    symbol: Symbol
    edited: tuple[tuple[str, int, int], ...]
    left: tuple[tuple[str, int, str, str], ...]  # path, line, code, reason
    safe: bool


def rename(folder: Path, *arguments: str) -> tuple[dict[str, Any], str]:
    """The one step of a run's report; what it says where it fails."""
    command = [str(CODEMOD), "run", "rename-symbol", "--unsafe", "--format", "off", "--output-format", "json", "-q"]
    done = subprocess.run([*command, *arguments], cwd=folder, env=ENV, capture_output=True, text=True)
    if done.returncode:
        return {"changes": [], "skips": []}, f"exit code {done.returncode}: {done.stderr.strip()[-400:]}"
    return json.loads(done.stdout)["steps"][0], ""


def back(folder: Path, symbol: Symbol) -> str:
    """What is wrong after the symbol got its old name again."""
    _, failed = rename(folder, "--in-place", "--symbol", symbol.renamed, "--to", symbol.word)
    if failed:
        return f"back: {failed}"
    if changed := git(folder, "status", "--porcelain"):
        return f"back: other bytes: {changed}\n{git(folder, 'diff')[:1500]}"
    return ""


def clean(folder: Path) -> None:
    git(folder, "checkout", "-qf", "main")
    git(folder, "clean", "-qfd")


def there(folder: Path, symbol: Symbol, account: Account) -> Renamed | None:
    """The symbol renamed in place, and back."""
    step, failed = rename(folder, "--in-place", "--symbol", symbol.dotted, "--to", symbol.fresh)
    title = f"{symbol.kind} {symbol.dotted} → {symbol.fresh}"
    changes = [change for change in step["changes"] if change["state"] == "applied"]
    edits = [(p["path"], start, end) for c in changes for p in c["parts"] for start, end, *_ in p["edits"]]
    left = [(s["path"], s["line"], s["code"], s["reason"]) for s in step["skips"]]
    problem = failed
    if not changes and not failed:
        codes = sorted({code for _, _, code, _ in left} - {"S10-only-the-name", "S13-docs"})
        account.ends[", ".join(codes) or "nothing done"] += 1
        problem = "" if codes else "neither changed nor refused"
        for skip in step["skips"]:
            if skip["code"] in codes:
                print(f"  {title}: {skip['path']}:{skip['line']}: {skip['code']}: {skip['reason']}", flush=True)
    elif changes:
        problem = back(folder, symbol)
        account.ends["renamed" if not problem else "not as before"] += 1
        print(f"  {title}: {len(edits)} edits, {len(left)} left, {changes[0]['safety']}", flush=True)
    clean(folder)
    if problem:
        account.wrong.append(f"{title}: {problem}")
    if not changes:
        return None
    safe = all(change["safety"] == "safe" for change in changes)
    account.ends["of them safe"] += safe
    return Renamed(symbol=symbol, edited=tuple(edits), left=tuple(left), safe=safe)


def second() -> Path:
    """The interpreter of the second opinion."""
    folder = HOME / "second"
    if not (folder / SECOND).exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        done = subprocess.run([folder / "bin" / "pip", "install", "-q", SECOND], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"error: {SECOND}: {done.stderr.strip()[-400:]}")
        (folder / SECOND).touch()
    return folder / "bin" / "python"


def _places(folder: Path, word: str, edit: tuple[str, int, int]) -> Iterator[tuple[str, int, int]]:
    """Where the word stands in what an edit replaces: the names of an import that are sorted anew are one edit."""
    path, start, end = edit
    text = (folder / path).read_bytes().decode()
    for found in re.compile(rf"\b{re.escape(word)}\b").finditer(text, start, end):
        yield path, text.count("\n", 0, found.start()) + 1, found.start() - (text.rfind("\n", 0, found.start()) + 1)


def compare(folder: Path, suite: Suite, renamed: Sequence[Renamed], account: Account) -> None:
    """Each edited token, and each that was left, beside the second opinion."""
    asks = []
    for each in renamed:
        inside = [_places(folder, each.symbol.word, edit) for edit in each.edited if edit[0].endswith(".py")]
        edited = [place for places in inside for place in places]
        at = (each.symbol.path, each.symbol.line, each.symbol.column)
        asks.append({"word": each.symbol.word, "kind": each.symbol.kind, "at": at, "edited": edited})
    question = json.dumps({"root": str(folder), "path": suite.path, "asks": asks})
    script = Path(__file__).with_name("second_opinion.py")
    done = subprocess.run([second(), script], input=question, env=ENV, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"error: the second opinion: {done.stderr.strip()[-900:]}")
    for each, told in zip(renamed, json.loads(done.stdout), strict=True):
        title = f"{each.symbol.kind} {each.symbol.dotted}"
        account.tokens.update(told["count"])
        account.wrong += [f"{title}: {line}" for line in told["other"]]
        codes = {(path, line): (code, reason) for path, line, code, reason in each.left}
        for path, line, column, meant in told["beyond"]:
            place = f"{title}: {path}:{line}:{column}"
            if (path, line) in codes:
                code, reason = codes[path, line]
            elif meant:
                code = "another definition"
                reason = "the second opinion itself says that it is " + ", ".join(f"{p}:{n}" for p, n, _ in meant)
            else:
                code, reason = "silent", "nobody says why"
                account.wrong.append(f"{place} is not edited and not told")
            account.tokens[f"beyond: {code}"] += 1
            account.beyond.append(f"{place}: {code}: {reason}")


def at_once(folder: Path, suite: Suite, renamed: Sequence[Renamed], account: Account) -> None:
    """All by one map, the suite, and all back."""
    names = {each.symbol.dotted: each.symbol.fresh for each in renamed}
    safe = all(each.safe for each in renamed)
    arguments = [word for dotted, fresh in names.items() for word in ("--map", f"{dotted}={fresh}")]
    if git(folder, "branch", "--list", BRANCH):
        git(folder, "branch", "-qD", BRANCH)
    step, failed = rename(folder, *arguments, "--branch", BRANCH)
    made = [change for change in step["changes"] if change["state"] == "applied"]
    if failed or len(made) != len(names):
        refused = [s for s in step["skips"] if s["code"] not in ("S10-only-the-name", "S13-docs")]
        account.wrong.append(f"at once: {len(made)} of {len(names)} {failed} {refused[:5]}")
    into = HOME / suite.sdist.label / "after"
    trees.suite_run(suite, folder, BRANCH, into)
    reference = trees.before(suite) / "outcomes.jsonl"
    differ, ends = outcomes(reference, into / "outcomes.jsonl", None)
    if differ:  # one that ends now so and now so without us, too, is nobody's fault
        again = HOME / suite.sdist.label / "again"
        trees.suite_run(suite, folder, "main", again)
        now, _ = outcomes(again / "outcomes.jsonl", into / "outcomes.jsonl", None)
        differ = sorted({line.rpartition(": ")[0] for line in differ} & {line.rpartition(": ")[0] for line in now})
    print(f"{suite.sdist.label}: {len(made)} at once; {dict(ends)}; {len(differ)} tests end otherwise", flush=True)
    account.wrong += differ if safe else []
    for line in differ:
        print(f"  {line}", flush=True)
    git(folder, "checkout", "-qf", BRANCH)
    returning = []
    for each in renamed:
        parts = each.symbol.renamed.split(".")
        for number in range(1, len(parts)):
            old = ".".join(each.symbol.dotted.split(".")[:number])
            parts[number - 1] = names.get(old, parts[number - 1])
        returning += ["--map", f"{'.'.join(parts)}={each.symbol.word}"]
    _, failed = rename(folder, *returning, "--in-place")
    git(folder, "add", "--all")  # with the files that have their old names again
    if failed or git(folder, "diff", "--stat", "main"):
        account.wrong.append(f"at once, back: {failed or git(folder, 'diff', 'main')[:1500]}")
    git(folder, "reset", "-q", "--hard")
    clean(folder)


def copy_of(suite: Suite) -> Path:
    """A copy of the project's repository that symbols are renamed and moved in."""
    folder = HOME / suite.sdist.label / "src"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(trees.source(suite), folder, symlinks=True)
        (folder / ".git" / "index.lock").unlink(missing_ok=True)
    return folder


def prove(suite: Suite, each: int, seed: int, tests: str, again: bool) -> Account:
    account, folder = Account(), copy_of(suite)
    clean(folder)
    found = [*symbols(folder, suite.packages, suite.path)]
    texts = "\n".join(p.read_bytes().decode("utf-8", "replace") for p in folder.rglob("*.py"))
    drawn = draw(found, texts, seed, each)
    kept = folder.parent / "renamed.pickle"
    if again:
        renamed = pickle.loads(kept.read_bytes())
    else:
        start = time.monotonic()
        renamed = [done for symbol in drawn if (done := there(folder, symbol, account))]
        seconds = time.monotonic() - start
        print(f"{suite.sdist.label}: {len(drawn)} symbols, {dict(account.ends)}; {seconds:.0f} s", flush=True)
        kept.write_bytes(pickle.dumps(renamed))
    if tests:
        at_once(folder, suite, [each for each in renamed if each.safe or tests == "all"], account)
    compare(folder, suite, renamed, account)
    print(f"{suite.sdist.label}: tokens: {dict(account.tokens)}", flush=True)
    (folder.parent / "beyond.txt").write_text("\n".join([*account.beyond, ""]))
    return account


def main(arguments: Sequence[str]) -> int:
    """1 where a round trip ends otherwise, a test does, or the second opinion says that a token is another thing."""
    known = {suite.sdist.name: suite for suite in NARROW}
    parser = argparse.ArgumentParser(prog="run.py --rename", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"projects; without: {', '.join(NAMES)}")
    parser.add_argument("--each", type=int, default=6, help="how many of each kind")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--suite", choices=("safe", "all"), default="", help="run the suites too")
    parser.add_argument("--again", action="store_true", help="only the second opinion and the suite")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.names) - known.keys():
        parser.error(f"no project {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    second()
    wrong: list[str] = []
    for name in chosen.names or NAMES:
        account = prove(known[name], chosen.each, chosen.seed, chosen.suite, chosen.again)
        for line in account.beyond:
            print(f"  {line}")
        wrong += [f"{name}: {line}" for line in account.wrong]
    for line in wrong:
        print(line, file=sys.stderr)
    return bool(wrong)
