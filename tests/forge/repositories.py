"""Bare repositories of a fake forge: what git is asked for."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Forge",
    "GIT_AUTHOR_EMAIL": "forge@example.com",
    "GIT_COMMITTER_NAME": "Forge",
    "GIT_COMMITTER_EMAIL": "forge@example.com",
}
SETTINGS = """
[http]
\treceivepack = true
[receive]
\thideRefs = refs/pull
\tadvertiseAtomic = true
\tadvertisePushOptions = true
[uploadpack]
\tallowFilter = true
\tallowAnySHA1InWant = true
[gc]
\tauto = 0
[receive]
\tautogc = false
[core]
\tfsync = none
"""


@dataclass(frozen=True)
class Changed:
    """One file of a diff."""

    path: str
    status: str  # as GitHub calls it: added, removed, modified, renamed
    added: int
    removed: int
    patch: str
    before: str = ""

    @property
    def hunks(self) -> Sequence[range]:
        """The lines of the new text in each hunk."""
        found = re.findall(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", self.patch, re.MULTILINE)
        return [range(int(first), int(first) + int(count or 1)) for first, count in found]


@dataclass
class Repository:
    """One repository, `owner/name`."""

    name: str
    path: Path
    id: int
    default_branch: str = "main"
    archived: bool = False
    private: bool = False
    _known: dict[tuple[str, ...], str] = field(default_factory=dict)
    _heads: dict[str, str] | None = None  # until something may have moved

    @property
    def owner(self) -> str:
        return self.name.rpartition("/")[0]

    def make(self, source: Path | None) -> None:
        self.path.parent.mkdir(parents=True)
        first = ["clone", "--quiet", "--bare", str(source)] if source else ["init", "--quiet", "--bare"]
        self._run(*first, str(self.path), where=self.path.parent)
        with (self.path / "config").open("a") as config:
            config.write(SETTINGS)
        if source:
            self.default_branch = (self.path / "HEAD").read_text().strip().removeprefix("ref: refs/heads/")
        else:
            self.git("symbolic-ref", "HEAD", f"refs/heads/{self.default_branch}")

    def git(self, *args: str, stdin: bytes = b"") -> str:
        done = self._run(*args, where=self.path, stdin=stdin)
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    def _run(self, *args: str, where: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        done = subprocess.run(
            ["git", *args], cwd=where, input=stdin, capture_output=True, check=False, env=ENVIRONMENT
        )
        if done.returncode:
            raise RuntimeError(f"git {' '.join(args)}: {done.stderr.decode(errors='replace')}")
        return done

    def once(self, *args: str) -> str:
        """The same, remembered: for questions about commits, whose answers do not change."""
        if args not in self._known:
            self._known[args] = self.git(*args)
        return self._known[args]

    def heads(self) -> dict[str, str]:
        """The branches and the commits that they stand at."""
        if self._heads is None:
            told = self.git("for-each-ref", "--format=%(objectname) %(refname:lstrip=2)", "refs/heads/")
            self._heads = {name: sha for sha, _, name in (line.partition(" ") for line in told.splitlines())}
        return self._heads

    def moved(self) -> None:
        """Branches may have: ask git again."""
        self._heads = None

    def head(self, branch: str) -> str | None:
        return self.heads().get(branch)

    def set(self, ref: str, sha: str) -> None:
        self.git("update-ref", ref, sha)
        self.moved()

    def delete(self, branch: str) -> None:
        self.git("update-ref", "-d", f"refs/heads/{branch}")
        self.moved()

    def commit(self, branch: str, files: Mapping[str, str | None], *, author: str, message: str) -> str:
        lines = [f"commit refs/heads/{branch}\n"]
        for role in ("author", "committer"):
            lines.append(f"{role} {author} <{author.lower()}@example.com> 1700000100 +0000\n")
        lines.append(f"data {len(message.encode())}\n{message}\n")
        start = branch if branch in self.heads() else self.default_branch
        if start in self.heads():
            lines.append(f"from refs/heads/{start}^0\n")
        for path, text in files.items():
            if text is None:
                lines.append(f'D "{path}"\n')
            else:
                lines.append(f'M 100644 inline "{path}"\ndata {len(text.encode())}\n{text}\n')
        self.git("fast-import", "--quiet", "--force", "--date-format=raw", stdin="".join(lines).encode())
        self.moved()
        return self.heads()[branch]

    def contains(self, tip: str, commit: str) -> bool:
        return self.once("rev-list", "--count", commit, f"^{tip}") == "0"

    def commits_between(self, base: str, head: str) -> Sequence[str]:
        """Oldest first."""
        return self.once("rev-list", "--reverse", f"{base}..{head}").split()

    def changed(self, base: str, head: str) -> Sequence[Changed]:
        """What a pull request shows: from where the two part."""
        self_base = self.once("merge-base", base, head)
        patch = self.once("diff", "-M", "-U3", "--no-color", "--no-ext-diff", self_base, head)
        return [_changed(part) for part in ("\n" + patch).split("\ndiff --git ")[1:]]

    def merged_tree(self, base: str, head: str) -> str | None:
        """The tree of both together; None where they conflict."""
        key = ("merged-tree", base, head)
        if key not in self._known:
            done = subprocess.run(
                ["git", "merge-tree", "--write-tree", base, head],
                cwd=self.path,
                capture_output=True,
                check=False,
                env=ENVIRONMENT,
            )
            self._known[key] = "" if done.returncode else done.stdout.decode().strip()
        return self._known[key] or None

    def commit_tree(self, tree: str, message: str, *parents: str) -> str:
        return self.git("commit-tree", tree, *(w for p in parents for w in ("-p", p)), stdin=message.encode())

    def text(self, revision: str, path: str) -> str:
        return self.git("show", f"{revision}:{path}") + "\n"


def _changed(part: str) -> Changed:
    head, mark, patch = part.partition("\n@@ ")
    lines = head.splitlines()
    ours = {line.split(" ", 1)[0]: line for line in lines}
    path = _after(ours.get("+++", ""), "+++ b/") or _after(ours.get("---", ""), "--- a/")
    before, status = "", "modified"
    for line in lines:
        if line.startswith("rename from "):
            before, status = line.removeprefix("rename from "), "renamed"
        elif line.startswith("rename to "):
            path = line.removeprefix("rename to ")
        elif line.startswith("new file"):
            status = "added"
        elif line.startswith("deleted file"):
            status = "removed"
    if not path:  # neither lines nor a new name: a mode, or an empty file
        path = lines[0].rpartition(" b/")[2]
    body = ("@@ " + patch) if mark else ""
    rows = body.splitlines()
    added = sum(row.startswith("+") for row in rows)
    return Changed(path, status, added, sum(row.startswith("-") for row in rows), body, before)


def _after(line: str, prefix: str) -> str:
    return line.removeprefix(prefix) if line.startswith(prefix) else ""
