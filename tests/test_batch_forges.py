"""A batch on every kind of forge: one set of words, whatever the forge calls them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.command import codemod
from tests.forge.bitbucket import Bitbucket
from tests.forge.gitea import Gitea
from tests.forge.gitlab import GitLab
from tests.forge.people import Forge

Git = Callable[..., str]
Make = Callable[..., Path]
NAME = "acme/app"
OPTIONAL = "from typing import Optional\n\nx: Optional[int] = None\n"
FILES = {
    "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n',
    **dict.fromkeys(("a/x.py", "b/y.py", "c/z.py"), OPTIONAL),
    "codemod.batch.toml": 'run = ["modernize-typing"]\nname = "typing"\nreviewers = ["grace"]\n',
}
KINDS = {"gitlab": (GitLab, "/api/v4"), "gitea": (Gitea, "/api/v1"), "bitbucket": (Bitbucket, "/2.0")}


@pytest.fixture(params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def forge(tmp_path: Path, kind: str) -> Iterator[Forge]:
    server: Forge = KINDS[kind][0](tmp_path / "forge")
    yield server
    server.stop()
    assert server.violations == []


@pytest.fixture
def clone(forge: Forge, kind: str, make_repo: Make, git: Git, monkeypatch: pytest.MonkeyPatch) -> Path:
    url = forge.add_repository(NAME, make_repo(FILES, name="source"))
    root = make_repo({}, name="empty").parent / "clone"
    git(root.parent, "clone", "--quiet", url, "clone")
    monkeypatch.setenv(f"{kind.upper()}_TOKEN", forge.token)
    monkeypatch.setenv("CODEMOD_FORGE", f"{kind}:{forge.url}{KINDS[kind][1]}")
    monkeypatch.setenv("CODEMOD_PACE", "100000")
    return root


def batch(root: Path, *words: str) -> dict[str, str]:
    done = codemod(root, "batch", *words, "-j", "1", "--json")
    assert done.returncode == 0, done.stderr
    return {item["key"]: item["state"] for item in json.loads(done.stdout)["items"]}


def test_a_batch_is_opened_followed_merged_and_gone(clone: Path, forge: Forge, git: Git) -> None:
    assert batch(clone, "run") == dict.fromkeys("abc", "opened")
    assert [(p.branch, p.state) for p in forge.pulls(NAME)] == [(f"codemod/typing/{key}", "open") for key in "abc"]
    assert batch(clone, "run") == dict.fromkeys("abc", "unchanged")
    numbers = {p.branch[-1]: p.number for p in forge.pulls(NAME)}
    forge.merge(NAME, numbers["a"])
    forge.close(NAME, numbers["b"])
    forge[NAME].commit("codemod/typing/c", {"c/z.py": "x = 'mine'\n"}, author="grace", message="Mine")
    assert batch(clone, "run") == {"b": "rejected", "c": "diverged"}
    assert batch(clone, "status") == {"a": "merged", "b": "rejected", "c": "diverged"}
    assert batch(clone, "close") == {"c": "rejected"}
    assert batch(clone, "prune") == {}
    assert sorted(forge[NAME].heads()) == ["codemod/typing/c", "main"]  # it holds what nobody else has
