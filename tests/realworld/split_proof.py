"""`run.py --split [NAME…] [--stdlib] [--check]`: modules of real projects and of the standard library, split unattended.

Of each: the definitions are what they were (`ast.dump` of every statement), whoever imports the module sees what he saw
(split_probe.py), each part is imported alone in a fresh process, `import M` takes at most 1.15 times as long (median of nine),
every patch arrives where the name is used, and every test of the suite ends as before. `--check` leaves the suites out.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import trees
from compare import outcomes
from corpus import ENV, git
from split_projects import SPLITS, STDLIB, Split

CODEMOD = Path(sys.executable).with_name("codemod")
HERE = Path(__file__).parent
BRANCH = "codemod/split"
NEW = re.compile(r"_.*")  # names that a package has and its module had not


@dataclass
class Account:
    """What one split came to."""

    title: str
    parts: dict[str, int] = field(default_factory=dict)
    told: str = ""
    wrong: list[str] = field(default_factory=list)
    refused: tuple[str, ...] = ()
    figures: dict[str, Any] = field(default_factory=dict)

    def line(self) -> str:
        what = f"refused: {', '.join(sorted(set(self.refused)))}" if self.refused else f"{len(self.parts)} files"
        figures = ", ".join(f"{k} {v}" for k, v in self.figures.items())
        return f"{self.title}: {what}; {figures}; {len(self.wrong)} wrong"


def split(folder: Path, module: str, *arguments: str) -> tuple[dict[str, Any], str]:
    """The one step of a run's report, which writes a branch; what it says where it fails."""
    command = [str(CODEMOD), "run", "split-module", "--module", module, "--unsafe", "--format", "off"]
    command += ["--branch", BRANCH, "--force", "--output-format", "json", "-q", *arguments]
    done = subprocess.run(command, cwd=folder, env=ENV, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        return {"changes": [], "skips": []}, f"exit code {done.returncode}: {done.stderr.strip()[-600:]}"
    report = json.loads(done.stdout)["steps"]
    return (report[0] if report else {"changes": [], "skips": []}), ""


def statements(text: bytes) -> Counter[str]:
    """The statements of a module; relative imports may change their level."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            node.level = 1
    kept = (n for n in tree.body if not isinstance(n, ast.Import | ast.ImportFrom))
    return Counter(ast.dump(node) for node in kept)


def definitions(before: bytes, after: dict[str, bytes], account: Account) -> None:
    """Every statement is there once, as it was."""
    old = statements(before)
    new: Counter[str] = Counter()
    for text in after.values():
        new += statements(text)
    account.wrong += [f"gone or changed: {each[:200]}" for each in (old - new)]
    added = "\n".join(new - old)
    account.wrong += [f"new: {n}" for n in re.findall(r"FunctionDef\(name='(\w+)'", added) if not n.startswith("__")]
    lines = sum(text.count(b"\n") for text in after.values())
    account.figures["lines"] = f"{len(before.splitlines())} → {lines}"


def probe(python: Path, environment: dict[str, str], name: str, *parts: str) -> dict[str, Any]:
    command = [str(python), str(HERE / "split_probe.py"), name, *parts]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tempfile.gettempdir())
    if done.returncode:
        return {"failed": done.stderr.strip()[-600:]}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def seen(old: dict[str, Any], new: dict[str, Any], account: Account) -> None:
    """What differs for whoever imports the module."""
    if failed := new.get("failed") or old.get("failed"):
        account.wrong.append(f"probe: {failed}")
        return
    gone = {*old["dir"]} - {*new["dir"]}
    public = [n for n in {*new["dir"]} - {*old["dir"]} if not NEW.fullmatch(n)]
    account.wrong += [f"dir(): {sorted(gone)} gone"] if gone else []
    account.wrong += [f"dir(): {sorted(public)} new"] if public else []
    for what in ("all", "own", "signatures", "hints", "pickles", "doc"):
        if isinstance(old[what], dict):
            differ = [key for key in old[what] if old[what][key] != new[what].get(key)]
        else:
            differ = [f"{old[what]} → {new[what]}"] if old[what] != new[what] else []
        account.wrong += [f"{what} differs: {differ}"] if differ else []
    if sorted(old["star"]) != sorted(new["star"]) or (old["all"] and old["star"] != new["star"]):
        account.wrong.append(f"import *: {sorted({*old['star']} ^ {*new['star']})}")
    account.wrong += [f"another object in {each}" for each in new["different"]]
    account.wrong += [f"a patch does not arrive: {each}" for each in new["unpatched"] if each not in old["unpatched"]]
    account.figures["patches"] = new["patched"]


def alone(python: Path, environment: dict[str, str], name: str, parts: list[str], account: Account) -> None:
    for part in parts:
        command = [str(python), "-c", f"import {name}.{part}"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tempfile.gettempdir())
        if done.returncode:
            account.wrong.append(f"{part} alone: {done.stderr.strip().splitlines()[-1]}")


def import_times(python: Path, environments: list[dict[str, str]], name: str, account: Account, *flags: str) -> None:
    """The median of nine imports of each, in turn, in seconds of the processor."""
    environments = [{k: v for k, v in e.items() if k != "PYTHONDONTWRITEBYTECODE"} for e in environments]
    code = f"import time; t = time.process_time(); import {name}; print(time.process_time() - t)"
    times: list[list[float]] = [[] for _ in environments]
    for _ in range(10):
        for number, environment in enumerate(environments):
            done = subprocess.run([str(python), *flags, "-c", code], env=environment, capture_output=True, text=True)
            times[number].append(float(done.stdout or "nan"))
    old, new = (statistics.median(each[1:]) for each in times)  # the first one compiles
    account.figures["import"] = f"{old * 1000:.1f} → {new * 1000:.1f} ms ({new / old:.2f} ×)"
    if new > 1.15 * old and new - old > 0.002:
        account.wrong.append(f"import takes {new / old:.2f} times as long")


def environment(*paths: Path) -> dict[str, str]:
    return {**ENV, "PYTHONPATH": os.pathsep.join(map(str, paths)), "PYTHONHASHSEED": "0"}


def told(step: dict[str, Any], account: Account) -> bool:
    """What the report says; whether anything was split."""
    group = [s for s in step["skips"] if s["code"] not in ("L11-script",)]
    made = [c for c in step["changes"] if c["state"] == "applied"]
    if not made:
        account.refused = tuple(s["code"] for s in group) or ("nothing",)
        account.told = "; ".join(f"{s['line']} {s['code']} {s['reason']}" for s in group[:4])
        return False
    moved = step["moved"]
    account.figures["moved"] = f"{moved['definitions']} definitions, {moved['lines']} lines"
    if moved["altered"]:
        account.figures["altered"] = moved["altered"]
    return True


def shares(step: dict[str, Any], after: dict[str, bytes], kept: int, account: Account) -> None:
    """How much of what is new for git only moved."""
    lines = sum(len(text.splitlines()) for path, text in after.items() if path.endswith(".py")) - kept
    account.figures["share"] = f"{100 * step['moved']['lines'] / lines:.1f} %"


def covered(step: dict[str, Any], before: bytes, kept: int, account: Account) -> None:
    """Every line of the module moved or stayed; what is left are blank lines between what parted."""
    size = len(before.splitlines())
    account.figures["of the module"] = f"{100 * step['moved']['lines'] / size:.1f} % moved, {kept} lines stay"
    blank = sum(not line.strip() for line in before.splitlines())
    if step["moved"]["lines"] + kept + blank < size:
        account.wrong.append(f"{size - step['moved']['lines'] - kept} lines neither moved nor stayed")


def alike(before: bytes, after: bytes) -> int:
    """How many lines of a module its package still has."""
    return sum((Counter(before.splitlines()) & Counter(after.splitlines())).values())


def project(target: Split, check: bool) -> Account:
    suite, folder = target.suite, trees.source(target.suite)
    account = Account(f"{suite.sdist.label} {target.module}")
    python = trees.interpreter(suite)
    before = (folder / target.module).read_bytes()
    step, failed = split(folder, target.module, *target.arguments)
    if failed:
        account.wrong.append(failed)
        return account
    if not told(step, account):
        if not target.refused or target.refused not in account.refused:
            account.wrong.append(f"refused: {account.told}")
        return account
    package = target.module.removesuffix(".py").removesuffix("/__init__")
    changed = [
        p for p in git(folder, "diff", "--name-only", "main", BRANCH).splitlines() if p.startswith(f"{package}/")
    ]
    after = {
        p: subprocess.run(["git", "show", f"{BRANCH}:{p}"], cwd=folder, capture_output=True).stdout for p in changed
    }
    account.parts = {p: len(text.splitlines()) for p, text in after.items()}
    definitions(before, {p: t for p, t in after.items() if p.endswith(".py")}, account)
    kept = alike(before, after.get(f"{package}/__init__.py", b""))
    shares(step, after, kept, account)
    covered(step, before, kept, account)
    with tempfile.TemporaryDirectory() as name:
        trees_ = [Path(name) / each for each in ("old", "new")]
        for revision, each in zip(("main", BRANCH), trees_, strict=True):
            git(folder, "worktree", "add", "-qf", "--detach", str(each), revision)
            trees.overlay(suite, each, python.parents[1])
        paths = [environment(each / suite.path) for each in trees_]
        names = [Path(p).stem for p in changed if p.endswith(".py") and Path(p).stem not in ("__init__", "__main__")]
        seen(probe(python, paths[0], target.name), probe(python, paths[1], target.name, *names), account)
        alone(python, paths[1], target.name, names, account)
        import_times(python, paths, target.name, account)
        if target.script and not check:
            ends = [_script(python, where, each / target.script) for where, each in zip(paths, trees_, strict=True)]
            account.figures["tests"] = ends[1][0]
            account.wrong += [f"tests: {ends[0]} before, {ends[1]} after"] if ends[0] != ends[1] else []
        for each in trees_:
            git(folder, "worktree", "remove", "--force", str(each))
    if not check and not target.script:
        reference = trees.before(suite)
        into = trees.home(suite) / "split" / target.name
        trees.suite_run(suite, folder, BRANCH, into)
        wrong, ends = outcomes(reference / "outcomes.jsonl", into / "outcomes.jsonl", None)
        words: Counter[str] = Counter()
        for end, count in ends.items():
            words[", ".join(sorted(set(end.split(", "))))] += count
        account.figures["tests"] = dict(words)
        account.wrong += wrong
    git(folder, "branch", "-qD", BRANCH)
    return account


def library(name: str, refused: str, check: bool) -> Account:
    """A module of the standard library: the package lies first on the path."""
    account = Account(f"standard library: {name}")
    path = Path(ast.__file__).with_name(f"{name}.py")
    python = Path(getattr(sys, "_base_executable", sys.executable))
    before = path.read_bytes()
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top)
        (folder / f"{name}.py").write_bytes(before)
        for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "base"]):
            identity = ["-c", "user.name=realworld", "-c", "user.email=realworld@example.invalid"]
            subprocess.run(["git", *identity, *command], cwd=folder, check=True, env=ENV, capture_output=True)
        step, failed = split(folder, f"{name}.py", "--max-lines", str(max(200, before.count(b"\n") // 4)))
        if failed or not told(step, account):
            if failed or not refused or refused not in account.refused:
                account.wrong.append(failed or f"refused: {account.told}")
            return account
        git(folder, "checkout", "-qf", BRANCH)
        after = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted((folder / name).glob("*.py"))}
        account.parts = {p: len(text.splitlines()) for p, text in after.items()}
        definitions(before, after, account)
        kept = alike(before, after[f"{name}/__init__.py"])
        shares(step, after, kept, account)
        covered(step, before, kept, account)
        names = [Path(p).stem for p in after if Path(p).stem not in ("__init__", "__main__")]
        paths = [environment(), environment(folder)]
        seen(probe(python, paths[0], name), probe(python, paths[1], name, *names), account)
        alone(python, paths[1], name, names, account)
        import_times(python, paths, name, account, "-S")
        if not check:
            ends = [_tests(python, each, name) for each in paths]
            account.figures["tests"] = ends[1][0]
            if ends[0] != ends[1]:
                account.wrong.append(f"tests: {ends[0]} before, {ends[1]} after")
    return account


def _tests(python: Path, where: dict[str, str], name: str) -> tuple[str, list[str]]:
    """The counts of `python -m test test_NAME`, and what failed."""
    command = [str(python), "-m", "test", f"test_{name}"]
    done = subprocess.run(
        command, env=where, capture_output=True, text=True, cwd=tempfile.gettempdir(), stdin=subprocess.DEVNULL
    )
    text = done.stdout + done.stderr
    count = re.search(r"Total tests: (.*)", text)
    return (count[1] if count else f"exit code {done.returncode}"), sorted(
        re.findall(r"(?m)^(?:ERROR|FAIL): \S+", text)
    )


def _script(python: Path, where: dict[str, str], script: Path) -> tuple[str, list[str]]:
    """The count of a suite that is a program of its own, and what failed."""
    done = subprocess.run(
        [str(python), script.name],
        env=where,
        capture_output=True,
        text=True,
        cwd=script.parent,
        stdin=subprocess.DEVNULL,
    )
    text = done.stdout + done.stderr
    count = re.search(r"Ran (\d+ tests)", text)
    return (count[1] if count else text[-200:]), sorted(re.findall(r"(?m)^(?:ERROR|FAIL): .*", text))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="projects, or with --stdlib modules; all without")
    parser.add_argument("--stdlib", action="store_true", help="modules of the standard library")
    parser.add_argument("--check", action="store_true", help="without the suites")
    chosen = parser.parse_args(arguments)
    failed = 0
    if chosen.stdlib:
        todo = [partial(library, n, STDLIB.get(n, ""), chosen.check) for n in chosen.names or STDLIB]
    else:
        picked = [s for s in SPLITS if not chosen.names or {s.suite.sdist.name, s.name} & {*chosen.names}]
        todo = [partial(project, s, chosen.check) for s in picked]
    for each in todo:
        account = each()
        print(account.line(), flush=True)
        for path, lines in account.parts.items():
            print(f"    {lines:6,} {path}")
        for text in account.wrong[:12]:
            print(f"    wrong: {text}", flush=True)
        failed += bool(account.wrong)
    print(f"{len(todo) - failed} of {len(todo)} as they must be")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
