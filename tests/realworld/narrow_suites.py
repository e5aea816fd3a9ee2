"""Suites before and after: `run.py --narrow suites [NAME…] [--clauses]`.

`codemod run narrow-except --unsafe --verify` makes a branch of each project; every test must end there as on the released
source. What verify left out, because a test failed with it, is printed: it is what `--unsafe` alone would have broken.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path
from typing import Any

import trees
from compare import outcomes
from corpus import ENV, git
from narrow_projects import NARROW
from narrow_sites import NAME, files, run
from suites import Suite

from codemods.facts.exceptions.broad import broad_clauses

BRANCH = f"codemod/{NAME}"
BUDGET = "20"  # minutes for all runs of verify


def verified(suite: Suite, folder: Path) -> tuple[dict[str, Any], float]:
    """The codemod's report, judged by the project's own tests in its own environment."""
    python = trees.interpreter(suite)
    ENV["PATH"] = os.pathsep.join([str(python.parent), os.environ["PATH"]])
    ENV["PYTHONPATH"] = suite.path  # relative: what is tested is the tree that the command runs in
    tests = shlex.join(["python", "-m", "pytest", "-q", *suite.command])
    try:
        return run(
            folder,
            *("--unsafe", "--branch", BRANCH, "--force", "--verify", tests, "--verify-budget", BUDGET),
            *(("--verify-copy", "*.so") if suite.overlay else ()),
        )
    finally:
        ENV["PATH"] = os.environ["PATH"]
        del ENV["PYTHONPATH"]


def ends(suite: Suite, folder: Path) -> list[str]:
    """The tests that end otherwise on the branch than on the released source, run before and, where one does, once more now."""
    into, again = trees.home(suite) / "after" / NAME, trees.home(suite) / "before-again"
    trees.suite_run(suite, folder, BRANCH, into)
    differ, _ = outcomes(trees.before(suite) / "outcomes.jsonl", into / "outcomes.jsonl", None)
    if differ:  # one that ends now so and now so without us, too, is nobody's fault
        trees.suite_run(suite, folder, "main", again)
        now, _ = outcomes(again / "outcomes.jsonl", into / "outcomes.jsonl", None)
        differ = sorted({line.rpartition(": ")[0] for line in differ} & {line.rpartition(": ")[0] for line in now})
    return differ


def prove(suite: Suite) -> list[str]:
    reference = trees.before(suite)
    folder = trees.source(suite)
    _, before = outcomes(reference / "outcomes.jsonl", reference / "outcomes.jsonl", None)
    if git(folder, "branch", "--list", BRANCH).strip():
        git(folder, "branch", "-qD", BRANCH)
    report, seconds = verified(suite, folder)
    (step,), told = report["steps"], report["verified"] or {"excluded": {}, "tests": 0}
    made = git(folder, "branch", "--list", BRANCH).strip()
    differ = ends(suite, folder) if made else []
    states = [change["state"] for change in step["changes"] if change["safety"] != "suggest"]
    print(
        f"{suite.sdist.label}: {len(states)} changes found, {states.count('applied')} applied, "
        f"{len(told['excluded'])} left out by verify; {dict(before)}, {len(differ)} end otherwise; {seconds:.0f} s",
        flush=True,
    )
    anchors = {change["key"]: change["anchor"] for change in step["changes"]}
    for key, why in told["excluded"].items():
        print(f"  left out: {anchors.get(key, key)}: {why['reason']} {', '.join(why['tests'][:2])}")
    wrong = [f"{suite.sdist.label}: {line}" for line in differ]
    if not states:
        wrong.append(f"{suite.sdist.label}: nothing is narrowed, so nothing is proven")
    return wrong


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py --narrow suites", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="projects; all without")
    parser.add_argument("--clauses", action="store_true", help="only count the broad clauses of each")
    chosen = parser.parse_args(arguments)
    known = {suite.sdist.name: suite for suite in NARROW}
    if unknown := set(chosen.names) - known.keys():
        parser.error(f"no project {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    wrong = []
    for suite in [known[name] for name in chosen.names or known]:
        if chosen.clauses:
            print(suite.sdist.label, sum(len(broad_clauses(file)) for file in files(trees.source(suite), b"")))
        else:
            wrong += prove(suite)
    for line in wrong:
        print(line, file=sys.stderr)
    return bool(wrong)
