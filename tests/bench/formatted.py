"""A project that a formatter keeps: files with old typing, formatted, as one commit; and CPU seconds.

`formatted.py COMMAND…` runs a command and prints the CPU seconds that it and its children took.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

from corpus import CACHE, commit, repository

FILES = 2_000
SETTINGS = '[project]\nname = "x"\nrequires-python = ">=3.10"\n\n[tool.black]\nline-length = 88\n'
HOOKS = "repos:\n  - repo: https://example.invalid/ruff\n    hooks:\n      - id: ruff-format\n"


def formatted() -> Path:
    """2,000 files that modernize-typing changes, as `ruff format` leaves them; built once."""
    folder = CACHE / "corpus" / f"formatted-{FILES}"
    if (folder / ".git" / "built").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    one = repository(1)
    codemod = [Path(sys.executable).with_name("codemod"), "run", "modernize-typing", "--target-version", "3.10"]
    patch = subprocess.run(
        [*codemod, "-n", "--format", "off", "--output-format", "patch"], cwd=one, capture_output=True, check=True
    ).stdout
    changed = [line[6:] for line in patch.decode("utf-8", "replace").splitlines() if line.startswith("+++ b/")]
    for number in range(FILES):
        path = changed[number % len(changed)]
        target = folder / f"copy{number // len(changed)}" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(one / path, target)
    ruff = [Path(sys.executable).with_name("ruff"), "format", "--isolated", "--no-cache", "-q", "."]
    subprocess.run(ruff, cwd=folder, check=False)  # a file that it cannot parse stays as it is
    (folder / "pyproject.toml").write_text(SETTINGS)
    (folder / ".pre-commit-config.yaml").write_text(HOOKS)
    commit(folder)
    (folder / ".git" / "built").touch()
    return folder


if __name__ == "__main__":
    # workers are children of a process that nobody waits for: it becomes ours when its parent ends (man 2 prctl)
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
    subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(used.ru_utime + used.ru_stime)
