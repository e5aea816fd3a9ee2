"""A branch with many changed files, as codemod writes it, or the bare `git fast-import` of it.

`delivery.py ours|git FILES`: run inside a repository; prints the seconds, without the start of
Python and without the imports that a run has behind it when it comes to delivering.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path


def contents(files: int) -> dict[str, bytes]:
    """New content for that many Python files of HEAD, different in every call."""
    listed = subprocess.run(["git", "ls-files", "-z", "*.py"], capture_output=True, check=True)
    paths = [path for path in listed.stdout.decode().split("\0") if path]
    chosen = paths[:: max(1, len(paths) // files)][:files]
    note = f"\n# {time.time_ns()}\n".encode()
    return {path: Path(path).read_bytes() + note for path in chosen}


def ours(new: dict[str, bytes]) -> float:
    import git  # noqa: F401

    from runner.deliver import Commit, deliver
    from runner.git import Repository

    repository = Repository.open(Path.cwd())
    base = repository.head()
    start = time.perf_counter()
    commits = [Commit("bench: change many files", new)]
    deliver(repository, base=base, branch="codemod/bench", commits=commits, force=True)
    return time.perf_counter() - start


def git(new: dict[str, bytes]) -> float:
    stream = b"".join(b"blob\ndata %d\n%s\n" % (len(text), text) for text in new.values())
    start = time.perf_counter()
    subprocess.run(["git", "fast-import", "--quiet"], input=stream, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    work = {"ours": ours, "git": git}[sys.argv[1]]
    print(work(contents(int(sys.argv[2]))))
