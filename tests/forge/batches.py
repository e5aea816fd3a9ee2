"""A batch of one repository on a forge, as a person runs it: what tests do with it and look at."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.command import COMMAND, codemod
from tests.forge.people import Forge

NAME = "acme/app"
OLD = "from typing import List, Optional\n\n\ndef f(x: Optional[int]) -> List[int]:\n    return [x or 0]\n"
NEW = "def f(x: int | None) -> list[int]:\n    return [x or 0]\n"
SETTINGS = """
run = ["modernize-typing"]
name = "x"
split = "directory"
labels = ["codemod"]
reviewers = ["grace"]
"""
PROJECT = '[project]\nname = "app"\nrequires-python = ">=3.11"\n'
PLACES = {  # where its interface is, and the variable of its token
    "GitHub": ("github:{}", "GITHUB_TOKEN"),
    "GitLab": ("gitlab:{}", "GITLAB_TOKEN"),
    "Gitea": ("gitea:{}/api/v1", "GITEA_TOKEN"),
    "Bitbucket": ("bitbucket:{}/2.0", "BITBUCKET_TOKEN"),
}
Row = tuple[str, str, tuple[str, ...], tuple[str, ...], str | None]


def names(count: int) -> list[str]:
    return [f"d{number:02}" for number in range(count)]


@dataclass
class Batch:
    """A clone of acme/app, whose directories are an item each."""

    forge: Forge
    root: Path
    git: Callable[..., str]
    items: list[str]
    more: dict[str, str] = field(default_factory=dict)

    @classmethod
    def made(cls, forge: Forge, folder: Path, git: Callable[..., str], items: int) -> Batch:
        source = folder / "source"
        git(folder, "init", "--quiet", "source")
        for name in names(items):
            (source / name).mkdir()
            (source / name / "x.py").write_text(OLD)
        (source / "pyproject.toml").write_text(PROJECT)
        (source / "codemod.batch.toml").write_text(SETTINGS)
        git(source, "add", "--all")
        git(source, "commit", "--quiet", "--message", "Begin")
        url = forge.add_repository(NAME, source)
        git(folder, "clone", "--quiet", url, "clone")
        return cls(forge, folder / "clone", git, names(items))

    @property
    def environment(self) -> dict[str, str]:
        place, token = PLACES[type(self.forge).__name__]
        told = {token: self.forge.token, "CODEMOD_FORGE": place.format(self.forge.url)}
        return told | {"CODEMOD_PACE": "100000", "CODEMOD_FORGE_TIMEOUT": "10"} | self.more

    def run(self, *words: str, command: str = "run", cold: bool = False) -> subprocess.CompletedProcess[str]:
        return codemod(self.root, "batch", command, *words, env=self.environment, cold=cold)

    def results(self, *words: str) -> dict[str, str]:
        """What `codemod batch run --json` says of each item."""
        done = self.run("--json", *words)
        assert done.returncode in (0, 3), done.stderr
        return {row["key"]: row["state"] for row in json.loads(done.stdout)["items"]}

    def started(self) -> subprocess.Popen[bytes]:
        """A run of its own, in a process group of its own, so that it can be killed."""
        return subprocess.Popen(
            [*COMMAND, "batch", "run"],
            cwd=self.root,
            env=os.environ | self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def killed(self, at: int, *, acted: bool) -> bool:
        """Run it, and kill all of it when its `at`-th request comes; False where it had ended before."""
        process = self.started()
        self.forge.call(at, lambda: os.killpg(process.pid, signal.SIGKILL), acted=acted)
        process.communicate(timeout=60)
        self.forge.fail_no_more()
        return process.returncode == -signal.SIGKILL

    def forget(self) -> None:
        """Delete the state, the cache and all that is remembered here, but for git's own."""
        shutil.rmtree(self.root / ".git/codemod", ignore_errors=True)

    def clean(self) -> None:
        """As before the first run, here and there."""
        repository = self.forge[NAME]
        repository.pulls.clear()
        for branch in repository.heads():
            if branch != "main":
                repository.delete(branch)
        for folder in ("refs/heads/codemod", "refs/remotes/origin/codemod"):
            for ref in self.git(self.root, "for-each-ref", "--format=%(refname)", folder).split():
                self.git(self.root, "update-ref", "-d", ref)

    @property
    def labels(self) -> tuple[str, ...]:
        """Bitbucket has none."""
        return () if type(self.forge).__name__ == "Bitbucket" else ("codemod",)

    # ---- what is looked at ---------------------------------------------------------------------

    def state(self) -> list[Row]:
        """What a person sees: each pull request with its labels and reviewers, and the file of its branch."""
        heads = self.forge[NAME].heads()
        return sorted(
            (
                p.branch,
                p.state,
                tuple(p.labels),
                tuple(p.reviewers),
                self._shown(p.branch) if p.branch in heads else None,
            )
            for p in self.forge.pulls(NAME)
        )

    def _shown(self, branch: str) -> str:
        return self.forge[NAME].text(branch, f"{branch.rpartition('/')[2]}/x.py")

    def wanted(self, **other: Row) -> list[Row]:
        """What it shall look like in the end; rows of items that are different by their names."""
        rows: Mapping[str, Row] = {
            name: (f"codemod/x/{name}", "open", self.labels, ("grace",), NEW) for name in self.items
        }
        return sorted((rows | other).values())
