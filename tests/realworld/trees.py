"""A real suite's environment, its repository and its runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from corpus import ENV, git
from sdists import CACHE, unpack
from suites import Suite

HERE = Path(__file__).parent


def home(suite: Suite) -> Path:
    return CACHE / "realworld" / (f"{suite.sdist.name}-checkout" if suite.checkout else suite.sdist.label)


def interpreter(suite: Suite, python: str = sys.executable) -> Path:
    """The suite's own interpreter; made anew when its list of packages changed."""
    folder = home(suite) / ("venv" if python == sys.executable else f"venv-{Path(python).name}")
    stamp = folder / "installed"
    wanted = "\n".join(suite.install)
    if not stamp.exists() or stamp.read_text() != wanted:
        subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
        command = [str(folder / "bin" / "pip"), "install", "--quiet", *suite.install]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"error: {suite.sdist.name}: {done.stderr.strip().splitlines()[-1]}")
        stamp.write_text(wanted)
    return folder / "bin" / "python"


def source(suite: Suite, python: str = sys.executable) -> Path:
    """The suite's repository, clean on `main`, with compiled modules for that Python."""
    folder = home(suite) / "src"
    environment = interpreter(suite, python).parents[1]
    if not (folder / ".git" / "built").exists():
        if suite.checkout:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(suite.checkout, folder, symlinks=True)
        else:
            unpack(suite.sdist, folder)
        shutil.rmtree(folder / ".git", ignore_errors=True)
        overlay(suite, folder, environment)
        git(folder, "init", "-q", "-b", "main")
        git(folder, "config", "user.name", "realworld")
        git(folder, "config", "user.email", "realworld@example.invalid")
        (folder / ".git" / "info" / "exclude").write_text("*.pyc\n*.so\n.pytest_cache/\n")
        git(folder, "add", "--all", "--force", "--", ".", ":!*.so", ":!*.pyc")
        git(folder, "commit", "-qm", suite.sdist.label)
        (folder / ".git" / "built").touch()
    overlay(suite, folder, environment)
    git(folder, "checkout", "-qf", "main")
    git(folder, "clean", "-qfd")
    return folder


def overlay(suite: Suite, folder: Path, environment: Path) -> None:
    """Compiled modules of the installed package, where the tree lacks them."""
    (packages,) = (environment / "lib").glob("python*/site-packages")
    for path in (packages / suite.overlay).rglob("*") if suite.overlay else ():
        copy = folder / path.relative_to(packages)
        if path.is_file() and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def suite_run(
    suite: Suite, folder: Path, revision: str, into: Path, python: str = sys.executable, tools: bool = False
) -> float:
    """Run the suite at a revision; `into` gets fixtures.jsonl, outcomes.jsonl and the log.

    With `tools`, it finds the commands of its own environment.
    """
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    git(folder, "checkout", "-qf", revision)
    environment = {
        **ENV,
        "PYTHONPATH": os.pathsep.join([str(folder / suite.path), str(HERE)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "WATCH_FIXTURES": str(into / "fixtures.jsonl"),
        "WATCH_OUTCOMES": str(into / "outcomes.jsonl"),
    }
    own = interpreter(suite, python)
    if tools:
        environment["PATH"] = os.pathsep.join([str(own.parent), environment["PATH"]])
    command = [str(own), "-m", "pytest", "-q", "-p", "watch", "-p", "no:cacheprovider"]
    start = time.monotonic()
    with (into / "log.txt").open("w") as log:
        subprocess.run(
            [*command, f"--junitxml={into / 'junit.xml'}", *suite.command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    git(folder, "checkout", "-qf", "main")
    git(folder, "clean", "-qfd")
    if not (into / "outcomes.jsonl").exists():
        raise SystemExit(f"error: {suite.sdist.name}: no test ran; see {into / 'log.txt'}")
    return time.monotonic() - start


def before(suite: Suite) -> Path:
    """The suite's results on its released source, from the cache when they are there."""
    into = home(suite) / "before"
    stamp = into / "stamp"
    wanted = repr((suite.install, suite.command, suite.path, (HERE / "watch.py").read_text()))
    if not stamp.exists() or stamp.read_text() != wanted:
        python = interpreter(suite)
        folder = source(suite)
        seconds = suite_run(suite, folder, "main", into)
        readme = " ".join(["python", "-m", "pytest", *suite.command])
        (into.parent / "README").write_text(
            f"{suite.sdist.label}: {suite.proves}\n\n"
            f"cd {folder}\nPYTHONPATH={folder / suite.path} {python.parent}/{readme}\n"
        )
        (into / "seconds").write_text(f"{seconds:.0f}")
        stamp.write_text(wanted)
    return into
