"""`run.py --typing [NAME…]`: modernize-typing on real projects, beside ruff alone and pyupgrade alone.

Five trees are made of each project, all for Python 3.10: ours, ours where code that asks for Union is patched,
ours with types used as values, ruff's, pyupgrade's. The first must leave every test's result, every type hint that
Python 3.10 sees and the errors of mypy and pyright as they were, and leave no old name without a reason. Suites
run on the patched tree, that with values and ruff's to be shown.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import trees
import typing_leftovers
from compare import outcomes
from corpus import ENV, git
from peers import PYUPGRADE, tool
from suites import Suite
from typing_suites import TYPING

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
CODEMOD = [str(BIN / "codemod"), "run", "modernize-typing", "--target-version", "3.10", "--format", "off"]
RUFF = [str(BIN / "ruff"), "check", "--isolated", "--no-cache", "--target-version", "py310", "--fix", "-q"]
RULES = ["--select", "UP006,UP007,UP035,UP037,UP045", "."]
PYRIGHT = "pyright==1.1.414"
LINE = re.compile(r"line [0-9]+")
ALIAS = re.compile(r"\b(?:DefaultDict|Deque|Dict|FrozenSet|List|Set|Tuple|Type)\b")
MANAGER = re.compile(r"\bAbstract((?:Async)?ContextManager\[[^\]]+), bool \| None\]")
PEERS = ("ruff", "pyupgrade")
PATCH = ("--unsafe", "--introspection", "patch")
OURS = {"ours": (), "patched": PATCH, "values": (*PATCH, "--runtime-values")}
SHOWN = ("main", "ours", "patched", "values", *PEERS)


@dataclasses.dataclass
class Findings:
    """What is said of one project: two table rows, and what is wrong."""

    name: str
    left: list[str] = dataclasses.field(default_factory=list)
    kept: list[str] = dataclasses.field(default_factory=list)
    wrong: list[str] = dataclasses.field(default_factory=list)


def ours(folder: Path, *arguments: str) -> dict[str, Any]:
    """Our codemod on what is checked out there; its report."""
    command = [*CODEMOD, "--no-cache", "--timeout", "600", "--output-format", "json", *arguments]
    done = subprocess.run(command, cwd=folder, env=ENV, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        raise SystemExit(f"error: {folder}: exit code {done.returncode}: {done.stderr[-600:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def peer(folder: Path, name: str) -> None:
    """The tree that another tool makes, as a branch of its name."""
    git(folder, "checkout", "-qfB", name, "main")
    if name == "ruff":
        subprocess.run([*RUFF, *RULES], cwd=folder, stdout=subprocess.DEVNULL)
    else:
        command = [tool(PYUPGRADE, "pyupgrade"), "--py310-plus"]
        for path in git(folder, "ls-files", "*.py", "*.pyi").splitlines():  # one by one: an error ends a batch
            subprocess.run([*command, path], cwd=folder, stderr=subprocess.DEVNULL)
    git(folder, "commit", "-qam", name, "--allow-empty")
    git(folder, "checkout", "-qf", "main")


def left_over(folder: Path, revision: str) -> Counter[str]:
    git(folder, "checkout", "-qf", revision)
    found = typing_leftovers.count(folder)
    git(folder, "checkout", "-qf", "main")
    return found


def unexplained(folder: Path) -> list[str]:
    """What no skip of a second run accounts for; a second run that would change something is told too."""
    git(folder, "checkout", "-qf", "ours")
    (step,) = ours(folder, "--dry-run")["steps"]
    found = typing_leftovers.unexplained(folder, step["skips"])
    git(folder, "checkout", "-qf", "main")
    return found + [f"changed again: {change['anchor']}" for change in step["changes"] if change["safety"] == "safe"]


def kept(suite: Suite, folder: Path, revision: str) -> Path:
    """A folder for what is found out about this tree, whatever branch has it."""
    return trees.home(suite) / "trees" / git(folder, "rev-parse", f"{revision}^{{tree}}").strip()[:12]


def results(suite: Suite, folder: Path, revision: str, python: str) -> Path:
    """The suite's outcomes on a tree; run once for each tree and kept."""
    into = kept(suite, folder, revision) / Path(python).name
    stamp, wanted = into / "stamp", repr((suite.install, suite.command))
    if not stamp.exists() or stamp.read_text() != wanted:
        trees.suite_run(suite, folder, revision, into, python, tools=True)
        stamp.write_text(wanted)
    return into / "outcomes.jsonl"


def hints(suite: Suite, folder: Path, revision: str, python: Path) -> dict[str, Any]:
    into = kept(suite, folder, revision)
    into.mkdir(parents=True, exist_ok=True)
    git(folder, "checkout", "-qf", revision)
    path = os.pathsep.join([str(folder / suite.path), str(folder)])
    subprocess.run(
        [python, HERE / "typing_hints.py", into / "hints.json", *suite.packages],
        cwd=folder,
        env={**ENV, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    git(folder, "checkout", "-qf", "main")
    git(folder, "clean", "-qfd")
    found: dict[str, Any] = json.loads((into / "hints.json").read_text())
    return found


def by_mypy(suite: Suite, folder: Path, python: Path) -> str:
    options = ["--config-file=", "--python-version=3.10", f"--python-executable={python}", "--no-incremental"]
    options += [
        "--ignore-missing-imports",
        "--check-untyped-defs",
        "--explicit-package-bases",
        "--cache-dir=/dev/null",
    ]
    return checked([BIN / "mypy", *options, *suite.packages], folder, {"MYPYPATH": suite.path})


def by_pyright(suite: Suite, folder: Path, python: Path) -> str:
    options = ["--pythonversion", "3.10", "--pythonpath", python]
    paths = [folder / package for package in suite.packages]
    return checked([tool(PYRIGHT, "pyright"), *options, *paths], folder, {"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"})


CHECKERS = {"mypy": by_mypy, "pyright": by_pyright}


def checked(command: list[Any], folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=folder, env={**ENV, **environment}, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"error: {folder}: {command[0]}: {(done.stdout + done.stderr)[-400:]}")
    return done.stdout


def type_errors(suite: Suite, folder: Path, revision: str, python: Path, checker: str) -> Counter[str]:
    """A type checker's errors without their lines."""
    git(folder, "checkout", "-qf", revision)
    said = CHECKERS[checker](suite, folder, python).replace(f"{folder}/", "")
    git(folder, "checkout", "-qf", "main")
    into = kept(suite, folder, revision)
    into.mkdir(parents=True, exist_ok=True)
    into.joinpath(f"{checker}.txt").write_text(said)
    lines = re.findall(r"(?m)^ *(.+?):\d+(?::\d+)?(?: -|:) (error: .*)", said)
    return Counter(f"{path}: {_plain(text)}" for path, text in lines)


def _plain(message: str) -> str:
    """A message whatever is written in the code: pyright prints List for List, a bare Type as Type[Unknown], and
    both arguments of AbstractContextManager[X] but the one of ContextManager[X]."""
    message = MANAGER.sub(r"\1]", LINE.sub("line", message))
    return ALIAS.sub(lambda m: m[0].lower(), message).replace("[Unknown]", "[Any]")


def prove(suite: Suite, lowest: str, only: set[str]) -> Findings:
    """Every question that `only` names, asked of one project; all without."""
    found = Findings(suite.sdist.label)
    folder = trees.source(suite, lowest)
    python = trees.interpreter(suite, lowest)
    for branch, arguments in OURS.items():
        report = ours(folder, *arguments, "--branch", branch, "--force")
        found.wrong += [f"{branch}: dropped: {json.dumps(failure)}" for failure in report["failures"]]
        if not git(folder, "branch", "--list", branch).strip():
            git(folder, "branch", branch, "main")
    if not only or "left" in only:
        for name in PEERS:
            peer(folder, name)
        counts = {name: left_over(folder, name) for name in SHOWN}
        without = unexplained(folder)
        uses = [f"{count['annotation']}+{count['value']}" for count in counts.values()]
        imports = [str(count["import"]) for count in counts.values()]
        total = {name: count["annotation"] + count["value"] for name, count in counts.items()}
        fewer = all(total["ours"] < total[name] for name in PEERS)
        found.left = [*uses, *imports, str(len(without)), "yes" if fewer else "no"]
        found.wrong += [f"no reason: {line}" for line in without]
    if not only or "suite" in only:
        base = results(suite, folder, "main", lowest)
        told = []
        for branch in ("ours", "patched", "values", "ruff"):
            differ, ends = outcomes(base, results(suite, folder, branch, lowest), None)
            told.append(str(len(differ)))
            if branch == "ours":
                found.wrong += differ
        said = Counter[str]()  # subtests say how they ended one by one
        for end, number in ends.items():
            said[" and ".join(dict.fromkeys(end.replace("call ", "").split(", ")))] += number
        found.kept += [", ".join(f"{number} {end}" for end, number in said.most_common()), *told]
    if not only or "hints" in only:
        was, now = (hints(suite, folder, branch, python) for branch in ("main", "ours"))
        differ = sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))
        found.kept += [str(sum(isinstance(hint, dict) for hint in was.values())), str(len(differ))]
        found.wrong += [f"hints of {key}: {was.get(key)} → {now.get(key)}" for key in differ]
    for checker in CHECKERS:
        if not only or checker in only:
            errors, after = (type_errors(suite, folder, branch, python, checker) for branch in ("main", "ours"))
            new = list((after - errors).elements())
            found.kept += [str(errors.total()), str(len(new))]
            found.wrong += [f"{checker}: {line}" for line in new]
    return found


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py --typing", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="projects; all without")
    parser.add_argument("--checkout", action="append", default=[], metavar="NAME=DIR", help="its source is there")
    parser.add_argument("--only", action="append", default=[], choices=("left", "suite", "hints", *CHECKERS))
    parser.add_argument(
        "--python",
        default=shutil.which("python3.10"),
        help="the lowest Python, which runs the suites and reads the hints",
    )
    chosen = parser.parse_args(arguments)
    known = {suite.sdist.name: suite for suite in TYPING}
    if unknown := set(chosen.names) - known.keys():
        parser.error(f"no project {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    if not chosen.python:
        parser.error("there is no python3.10 on the path; say where one is with --python")
    for text in chosen.checkout:
        name, _, place = text.partition("=")
        known[name] = dataclasses.replace(known[name], checkout=str(Path(place).resolve()))
    rows = []
    for suite in [known[name] for name in chosen.names or known]:
        rows.append(found := prove(suite, chosen.python, set(chosen.only)))
        print(f"{found.name}: left {found.left}, kept {found.kept}, {len(found.wrong)} wrong", flush=True)
        for line in found.wrong:
            print(f"  {line}", file=sys.stderr, flush=True)
    shown = "|".join(SHOWN[1:])
    table(f"project|annotations+values|{shown}|imports|{shown}|no reason|fewer", rows, "left")
    table(
        "project|tests|ours differ|patched|values|ruff|hints|differ|mypy errors|new|pyright errors|new", rows, "kept"
    )
    return any(found.wrong for found in rows)


def table(head: str, rows: list[Findings], which: str) -> None:
    titles = head.split("|")
    print("\n| " + " | ".join(titles) + " |\n" + "|---" * len(titles) + "|")
    for found in rows:
        print("| " + " | ".join([found.name, *getattr(found, which)]) + " |")
