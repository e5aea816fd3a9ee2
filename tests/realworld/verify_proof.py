"""`codemod run --verify` on a real project: `run.py --verify`.

Three harmful changes stand among 200 good ones, one of them harmful only together with one of those. The project is
installed editable from the checkout, so that a naive run in a worktree would test the wrong files. What must come out:
a branch with all the good ones, the bad ones named with their tests, and one run of the tests the second time.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from corpus import ENV, git
from sdists import CACHE, Sdist, unpack
from suites import PYTEST

PROJECT = Sdist("boltons", "26.2.0", "d39cfd15c1a1c3bd4d705c82252fa9edb8e4f5e8cc039f8e39afac7b1b47e92c")
PLANT = Path(__file__).parents[1] / "local/plant.py"
GOOD = 200
TABLE = 34  # runs for three culprits of 1,700 files: at most twice that
PARTNER = (  # harmless alone, as what BAD makes of the function that it calls
    "boltons/iterutils.py",
    "return windowed(src, 2, fill=end)",
    "return windowed(src, 2, end)",
)
BAD = {
    (
        "boltons/mathutils.py",
        "return min(max(x, lower), upper)",
        "return min(max(x, lower), lower)",
    ): "test_mathutils",
    ("boltons/timeutils.py", "return datetime(*dt_args)", "return datetime(*dt_args[:3])"): "test_timeutils",
    (
        "boltons/iterutils.py",
        "def windowed(src, size, fill=_UNSET):",
        "def windowed(src, size, *, fill=_UNSET):",
    ): "test_iterutils",
}
BRANCH = "codemod/plant"


def good(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Harmless changes: parentheses around what is returned, where the line stands once in its file."""
    taken = {(path, old) for path, old, _ in (*BAD, PARTNER)}
    for path in sorted((folder / "boltons").glob("*.py")):
        text = path.read_text()
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Return) or node.value is None or node.lineno != node.end_lineno:
                continue
            old = (ast.get_source_segment(text, node) or "") + "\n"
            name = path.relative_to(folder).as_posix()
            if text.count(old) == 1 and (name, old.strip()) not in taken and not old.startswith("return ("):
                yield name, old, f"return ({ast.get_source_segment(text, node.value)})\n"


def prepare() -> tuple[Path, Path]:
    """The project as a repository, installed editable in an environment of its own."""
    home = CACHE / "realworld" / PROJECT.label
    folder, environment = home / "src", home / "venv"
    if not (folder / ".git/built").exists():
        unpack(PROJECT, folder)
        git(folder, "init", "-q", "-b", "main")
        git(folder, "config", "user.name", "realworld")
        git(folder, "config", "user.email", "realworld@example.invalid")
        (folder / ".git/info/exclude").write_text("*.pyc\n.pytest_cache/\n*.egg-info/\n")
        git(folder, "add", "--all", "--force")
        git(folder, "commit", "-qm", PROJECT.label)
        (folder / ".git/built").touch()
    if not (environment / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
        pip = [str(environment / "bin/pip"), "install", "--quiet"]
        subprocess.run([*pip, *PYTEST], check=True)
        subprocess.run([*pip, "-e", str(folder)], check=True)
        (environment / "installed").touch()
    return folder, environment


def run(folder: Path, environment: Path, edits: Path) -> tuple[subprocess.CompletedProcess[str], float]:
    command = [
        *(str(Path(sys.executable).with_name("codemod")), "run", str(PLANT), "--edits", str(edits)),
        *("--verify", "pytest -q", "--output-format", "json"),
    ]
    env = {**ENV, "PATH": os.pathsep.join([str(environment / "bin"), os.environ["PATH"]])}
    start = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    return done, time.monotonic() - start


def main(arguments: list[str]) -> int:
    folder, environment = prepare()
    chosen = list(good(folder))
    step = len(chosen) / (GOOD - 1)
    edits = [chosen[int(n * step)] for n in range(GOOD - 1)] + [PARTNER]
    for place, bad in zip((150, 90, 201), BAD, strict=True):
        edits.insert(place, bad)
    file = folder.parent / "edits.json"
    file.write_text(json.dumps(edits))
    git(folder, "branch", "-qD", BRANCH) if git(folder, "branch", "--list", BRANCH) else None
    for kept in ("plans", "verify"):
        subprocess.run(["rm", "-rf", str(folder / ".git/codemod" / kept)], check=True)
    wrong = []
    done, seconds = run(folder, environment, file)
    if done.returncode != 3:
        print(done.stderr[-2000:], file=sys.stderr)
        return 1
    told = json.loads(done.stdout)["verified"]
    total = told["runs"] + told["narrow_runs"] + told["base_runs"]
    print(
        f"{PROJECT.label}: {len(edits)} changes in {len({e[0] for e in edits})} files, {told['tests']} tests; "
        f"{len(told['kept'])} kept, {len(told['excluded'])} left out, {told['runs']} runs of all tests on the result, "
        f"{told['narrow_runs']} of chosen ones, {told['base_runs']} on the base, {seconds:.0f} s"
    )
    for line in done.stderr.splitlines():
        if line.startswith("left out: "):
            print(f"  {line}")
    if total > 2 * TABLE:
        wrong.append(f"{total} runs, at most {2 * TABLE} are allowed")
    branch = {path: git(folder, "show", f"{BRANCH}:{path}") for path, _, _ in edits}
    missing = [e for e in edits if e not in BAD and e[2].strip() not in branch[e[0]]]
    planted = [e for e in BAD if e[2] in branch[e[0]]]
    if missing or planted or len(told["excluded"]) != len(BAD):
        wrong.append(f"{len(missing)} good ones are missing, {len(planted)} bad ones are there")
    named = [(why["tests"][0], "only together" in why["reason"]) for why in told["excluded"].values()]
    for (path, _, _), test in BAD.items():
        if not any(test in name and together is (path == PARTNER[0]) for name, together in named):
            wrong.append(f"the change in {path} is not named with {test}")
    git(folder, "checkout", "-q", "--detach", BRANCH)
    tests = subprocess.run(
        [environment / "bin/python", "-m", "pytest", "-q"], cwd=folder, capture_output=True, text=True
    )
    git(folder, "checkout", "-q", "main")
    print(f"  the branch itself: {tests.stdout.strip().splitlines()[-1]}")
    if tests.returncode:
        wrong.append("the branch fails")
    tip = git(folder, "rev-parse", BRANCH)
    done, seconds = run(folder, environment, file)
    told = json.loads(done.stdout)["verified"]
    print(f"  a second run: {told['runs']} run of all tests, {told['narrow_runs']} of chosen ones, {seconds:.0f} s")
    if (told["runs"], told["narrow_runs"], told["base_runs"], git(folder, "rev-parse", BRANCH)) != (1, 0, 0, tip):
        wrong.append("the second run is not one run of the tests, with the same branch")
    for line in wrong:
        print(f"{PROJECT.label}: {line}", file=sys.stderr)
    return bool(wrong)
