"""A project to verify changes in: its environment, its changes as texts, and one call that does it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from runner.git import Repository
from runner.verify import Asked, Item, Verified, verify

OURS = sysconfig.get_paths()["purelib"]  # pytest and xdist lie here


def make_environment(folder: Path) -> Path:
    """A virtual environment without pip, in which pytest can be imported, and a script that runs it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin/python"
    packages = folder / "borrowed"
    packages.mkdir()
    for name in ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "xdist", "execnet", "pygments", "py.py"):
        (packages / name).symlink_to(Path(OURS) / name)
    for name in ("pytest", "pytest_xdist", "pluggy", "execnet", "iniconfig"):
        for told in Path(OURS).glob(f"{name}-*.dist-info"):
            (packages / told.name).symlink_to(told)
    (site_packages(folder) / "borrowed.pth").write_text(f"{packages}\n")
    script = folder / "bin/pytest"
    script.write_text(f"#!{python}\nimport sys\nimport pytest\nsys.exit(pytest.console_main())\n")
    script.chmod(0o755)
    return folder


def site_packages(environment: Path) -> Path:
    return environment / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"


class Changes:
    """Changes by key: of each a path, with the text that it replaces and the new one; None for a whole file's text."""

    def __init__(self, repo: Path, edits: Mapping[str, tuple[str, str | None, str | None]]) -> None:
        self.repository = Repository.open(repo)
        self.base = self.repository.resolve("HEAD") or ""
        self.edits = edits
        self.asked: list[frozenset[str]] = []

    @property
    def items(self) -> list[Item]:
        return [Item(key=key, paths=(edit[0],), label=f"{edit[0]}: {key}") for key, edit in self.edits.items()]

    def compose(self, keys: frozenset[str]) -> dict[str, bytes | None]:
        self.asked.append(keys)
        found: dict[str, bytes | None] = {}
        tree = self.repository.tree(self.base)
        for key, (path, old, new) in self.edits.items():
            if key not in keys:
                continue
            if old is None:
                found[path] = None if new is None else new.encode()
                continue
            before = found.get(path) or next(iter(self.repository.read([tree[path].oid]).values()))
            assert old.encode() in before, (key, old)
            found[path] = before.replace(old.encode(), (new or "").encode(), 1)
        return found

    def verify(self, *command: str, environment: Path | None = None, inside: str = "", **asked: Any) -> Verified:
        """What verification says, in an environment that is activated."""
        before = dict(os.environ)
        if environment:
            os.environ["PATH"] = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
            os.environ["VIRTUAL_ENV"] = str(environment)
        self.said: list[str] = []
        try:
            return verify(
                self.repository,
                self.base,
                self.items,
                self.compose,
                Asked(command=command, **asked),
                inside=inside,
                tell=self.said.append,
            )
        finally:
            os.environ.clear()
            os.environ.update(before)


def worktrees(repo: Path) -> list[str]:
    """What a repository still knows of worktrees, and the folders for temporary files."""
    git = repo / ".git"
    found: Sequence[Path] = [*(git / "worktrees").glob("*"), *(git / "codemod/tmp").glob("*")]
    return [path.name for path in found]
