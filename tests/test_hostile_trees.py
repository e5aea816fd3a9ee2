"""Trees that git would never write by itself: nothing of them reaches the disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import codemod

OLD = "from typing import Optional\nx: Optional[int]\n"


def plant(repo: Path, git: Callable[..., str], folder: str, name: str = "evil.py") -> None:
    """Commit a tree with one folder more, whose name may be any."""

    def tree(*entries: tuple[str, str, str]) -> str:
        data = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(oid) for mode, name, oid in entries)
        return git(repo, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", stdin=data)

    blobs = [("100644", name, git(repo, "rev-parse", f"HEAD:{name}")) for name in ("a.py", "pyproject.toml")]
    inner = tree(("100644", name, blobs[0][2]))
    top, *below = folder.split("|")
    for part in reversed(below):
        inner = tree(("40000", part, inner))
    whole = tree(("40000", top, inner), *blobs)
    git(repo, "update-ref", "HEAD", git(repo, "commit-tree", whole, "-m", "evil"))


@pytest.mark.parametrize("folder", ["..|..|..", ".git|hooks", ".GIT", "sub|..", "sub|.git", "."])
def test_a_path_that_leaves_the_tree_is_never_written(
    make_repo: Callable[..., Path], git: Callable[..., str], tmp_path: Path, folder: str
) -> None:
    settings = '[project]\nname = "x"\nrequires-python = ">=3.11"\n[tool.ruff.format]\n'
    repo = make_repo({"a.py": OLD, "pyproject.toml": settings})
    plant(repo, git, folder)
    temporary = tmp_path / "t" / "t"
    temporary.mkdir(parents=True)
    done = codemod(repo, "run", "modernize-typing", "-n", env={"TMPDIR": str(temporary)})
    assert done.stdout.count("+++") == 1, done.stdout + done.stderr
    assert list(tmp_path.rglob("*evil*")) == []
    assert codemod(repo, "run", "modernize-typing").returncode in (0, 3)
    assert list(tmp_path.rglob("*evil*")) == []


def test_an_absolute_path_is_none_of_the_tree(
    make_repo: Callable[..., Path], git: Callable[..., str], tmp_path: Path
) -> None:
    repo = make_repo({"a.py": OLD, "pyproject.toml": ""})
    plant(repo, git, f"{os.sep}tmp")
    done = codemod(repo, "run", "modernize-typing", "-n")
    assert "evil" not in done.stdout
