"""A batch over many repositories: mirrors without a checkout, and one that fails stops no other."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from runner.batch import many, mirrors
from runner.batch.many import Outcome
from runner.batch.run import RunOptions
from runner.batch.spec import Spec, load
from runner.errors import UsageError
from tests.command import codemod
from tests.forge.github import GitHub

Make = Callable[..., Path]
Git = Callable[..., str]
OPTIONAL = "from typing import Optional\nx: Optional[int] = None\n"
PROJECT = '[project]\nname = "x"\nrequires-python = ">=3.11"\n'
SPEC = 'run = ["modernize-typing"]\nname = "typing"\n'


@pytest.fixture
def environment(forge: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return {"GITHUB_TOKEN": forge.token, "CODEMOD_FORGE": f"github:{forge.url}", "CODEMOD_PACE": "100000"}


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """A folder outside of any repository, with what is to be run."""
    folder = tmp_path / "campaign"
    folder.mkdir()
    (folder / "codemod.batch.toml").write_text(SPEC)
    return folder


def run(campaign: Path, sources: list[mirrors.Source], environment: Mapping[str, str]) -> list[Outcome]:
    spec: Spec = load(campaign, campaign, {})
    asked = RunOptions(settings=spec.settings, given={"jobs": 1})
    return list(many.run_all(sources, spec, asked, environment, lambda line: None))


def sources(campaign: Path, forge: GitHub, names: list[str], environment: Mapping[str, str]) -> list[mirrors.Source]:
    (campaign / "repos.txt").write_text("# ours\n\n" + "\n".join(names) + "\n")
    host = forge.url.partition("://")[2]
    return mirrors.listed(campaign / "repos.txt", host, environment)


def broken(forge: GitHub, name: str) -> None:
    shutil.rmtree(forge[name].path / "objects")
    (forge[name].path / "objects").mkdir()


def failed(outcomes: Iterable[Outcome]) -> dict[str, tuple[str, ...]]:
    return {one.source.called.partition("/")[2]: one.reasons for one in outcomes if one.reasons}


def test_one_that_is_broken_empty_or_archived_stops_no_other_and_is_named(
    forge: GitHub, make_repo: Make, campaign: Path, environment: Mapping[str, str], git: Git
) -> None:
    source = make_repo({"pyproject.toml": PROJECT, "a.py": OPTIONAL, "data.bin": b"\0" * 5000, "b/c.txt": "text\n"})
    names = [f"acme/r{number}" for number in range(5)]
    for name in names:
        forge.add_repository(name, None if name == "acme/r1" else source, archived=name == "acme/r3")
    broken(forge, "acme/r2")
    listed = sources(campaign, forge, names, environment)
    outcomes = run(campaign, listed, environment)
    found = failed(outcomes)
    assert [*found] == ["acme/r1", "acme/r2", "acme/r3"]
    assert found["acme/r1"] == (f"{listed[1].called} is empty: there is no commit to build on",)
    assert "archived" in found["acme/r3"][0]
    opened = {name: [pull.title for pull in forge.pulls(name)] for name in names}
    assert [name for name, titles in opened.items() if len(titles) == 1] == ["acme/r0", "acme/r4"]
    assert opened["acme/r0"] == ["Bring annotations to current syntax: X | None, list[int], collections.abc"]

    # a mirror has no checkout, and of the contents what codemod reads
    mirror = mirrors.place(listed[0])
    missing = git(mirror, "rev-list", "--objects", "--missing=print", "refs/remotes/origin/main").split("\n")
    tree = dict(line.split("\t")[::-1] for line in git(source, "ls-tree", "-r", "HEAD").split("\n"))
    blobs = {path: told.split()[2] for path, told in tree.items()}
    assert {path for path, oid in blobs.items() if f"?{oid}" in missing} == {"data.bin", "b/c.txt"}
    assert not (mirror / "index").exists()

    # who failed is tried again, and nobody else
    repaired = forge.add_repository("acme/r2", source)
    assert repaired == listed[2].url
    again = run(campaign, many.failed_before("typing"), environment)
    assert [one.source.called for one in again] == [listed[n].called for n in (1, 2, 3)]
    assert [*failed(again)] == ["acme/r1", "acme/r3"]
    assert len(forge.pulls("acme/r2")) == 1
    assert [one.called for one in many.failed_before("typing")] == [listed[1].called, listed[3].called]


def test_a_second_run_finds_everything_done(
    forge: GitHub, make_repo: Make, campaign: Path, environment: Mapping[str, str]
) -> None:
    forge.add_repository("acme/a", make_repo({"pyproject.toml": PROJECT, "a.py": OPTIONAL}))
    listed = sources(campaign, forge, ["acme/a", "acme/a.git"], environment)
    assert len(listed) == 1
    for states in (["opened"], ["unchanged"]):
        [outcome] = run(campaign, listed, environment)
        assert outcome.report is not None
        assert [result.state for result in outcome.report.results] == states
    assert len(forge.pulls("acme/a")) == 1


def test_each_repository_has_its_own_configuration_and_that_names_no_code(
    forge: GitHub, make_repo: Make, campaign: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    files = {"a.py": OPTIONAL, "b.py": OPTIONAL}
    forge.add_repository(
        "acme/a", make_repo({**files, "pyproject.toml": f'{PROJECT}[tool.codemod]\nexclude = ["b.py"]\n'})
    )
    forge.add_repository(
        "acme/b", make_repo({**files, "pyproject.toml": PROJECT, "codemod.toml": "nonsense = 1\n"}, name="b")
    )
    evil = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
    recipe = '[recipes]\nmodernise = ["./evil.py"]\n'
    forge.add_repository(
        "acme/c", make_repo({**files, "evil.py": evil, "codemod.toml": recipe, "pyproject.toml": PROJECT}, name="c")
    )
    listed = sources(campaign, forge, ["acme/a", "acme/b", "acme/c"], environment)
    outcomes = run(campaign, listed, environment)
    assert failed(outcomes) == {"acme/b": (f'{listed[1].called}/codemod.toml: unknown key "nonsense"',)}
    assert forge["acme/a"].git("diff", "--name-only", "main", forge.pulls("acme/a")[0].branch).split() == ["a.py"]
    (campaign / "codemod.batch.toml").write_text('run = ["modernise"]\n')
    with pytest.raises(UsageError, match="there is no codemod 'modernise'"):
        load(campaign, campaign, {})
    assert not (tmp_path / "ran").exists()


def test_each_repository_has_a_mirror_of_its_own(environment: Mapping[str, str]) -> None:
    names = ["acme/a", "acme/a.b", "acme/a.c", "other/a"]
    found = [mirrors.source(name, "github.com", environment) for name in names]
    assert [str(mirrors.place(one).relative_to(mirrors.home())) for one in found] == [
        f"github.com/{name}.git" for name in names
    ]
    assert mirrors.source("git@github.com:acme/a.git", "github.com", environment).called == "github.com/acme/a"
    assert mirrors.source("https://github.com/acme/a", "github.com", environment).called == "github.com/acme/a"


def test_reasons_are_told_once_for_all_that_have_them(tmp_path: Path) -> None:
    one, two = (mirrors.Source(url=f"https://example.com/acme/{n}.git", called=f"example.com/acme/{n}") for n in "ab")
    outcomes = [
        Outcome(source=one, failed="cannot reach https://example.com/acme/a.git: gone"),
        Outcome(source=two, failed="cannot reach https://example.com/acme/b.git: gone"),
        Outcome(source=two, failed="something else"),
    ]
    assert many.by_reason(outcomes) == {
        "cannot reach …: gone": ["example.com/acme/a", "example.com/acme/b"],
        "something else": ["example.com/acme/b"],
    }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("acme", "'acme' does not name a repository as owner/name"),
        ("acme/../x", "does not name a repository as owner/name"),
        ("/tmp/x/y", "does not name a repository as owner/name"),
        ("https://nowhere.invalid/a/b", "nowhere.invalid"),
        ("file:///tmp/x", "is a folder on this machine"),
        ("https://ada:secret@github.com/a/b", "https://github.com/a/b: a name or token in an address"),
        ("ext::sh -c touch% x", ""),
        ("--upload-pack=x/y", "does not name a repository as owner/name"),
    ],
)
def test_a_line_that_names_no_repository_is_told(
    line: str, told: str, forge: GitHub, campaign: Path, environment: Mapping[str, str]
) -> None:
    with pytest.raises(UsageError) as raised:
        sources(campaign, forge, [line], environment)
    assert str(raised.value).startswith(f"{campaign}/repos.txt:3: ")
    assert told in str(raised.value)
    assert "secret" not in str(raised.value)


def test_the_token_lies_nowhere(
    forge: GitHub, make_repo: Make, campaign: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    forge.add_repository("acme/a", make_repo({"pyproject.toml": PROJECT, "a.py": OPTIONAL}))
    run(campaign, sources(campaign, forge, ["acme/a"], environment), environment)
    token = environment["GITHUB_TOKEN"].encode()
    for folder in (tmp_path / "cache", tmp_path / "state", campaign):
        assert [path for path in folder.rglob("*") if path.is_file() and token in path.read_bytes()] == []


def test_the_command_names_what_failed_and_retry_does_that_alone(
    forge: GitHub, make_repo: Make, campaign: Path, environment: Mapping[str, str]
) -> None:
    source = make_repo({"pyproject.toml": PROJECT, "a.py": OPTIONAL})
    for name in ("acme/a", "acme/b", "acme/c"):
        forge.add_repository(name, None if name == "acme/b" else source)
    forge.add_repository("acme/old", source, archived=True)
    host = forge.url.partition("://")[2]
    words = ("--organisation", "acme", "--host", host, "-j", "1")
    (campaign / "repos.txt").write_text("acme/a\nacme/b\nacme/c\n")
    listed = ("--repositories", "repos.txt", "--host", host, "-j", "1")
    looked = codemod(campaign, "batch", "run", "-n", *listed, env=environment)
    assert looked.returncode == 3
    assert [forge.pulls(name) for name in ("acme/a", "acme/c")] == [[], []]
    done = codemod(campaign, "batch", "run", *words, env=environment)
    assert done.returncode == 3
    rows = [line.split()[:4] for line in done.stdout.splitlines()]
    assert rows == [
        ["STATE", "PR", "ITEM", "REPOSITORY"],
        ["opened", "#1", "top", f"{host}/acme/a"],
        ["failed", f"{host}/acme/b", f"{host}/acme/b", "is"],
        ["opened", "#1", "top", f"{host}/acme/c"],
    ]
    assert done.stderr.splitlines()[-2:] == [
        f"failed: {host}/acme/b: … is empty: there is no commit to build on",
        "3 repositories, 2 items: 2 opened; 1 failed: codemod batch retry --failed does these again",
    ]
    forge.commit("acme/b", "main", {"pyproject.toml": PROJECT, "x/a.py": OPTIONAL})
    again = codemod(campaign, "batch", "retry", "--failed", *words, "--json", "-q", env=environment)
    assert again.returncode == 0, again.stderr
    [told] = json.loads(again.stdout)
    assert (told["repository"], told["failed"]) == (f"{host}/acme/b", [])
    assert [pull.branch for pull in forge.pulls("acme/b")] == ["codemod/typing/x"]
    looked = codemod(campaign, "batch", "status", *words, env=environment)
    assert [line.split()[:4] for line in looked.stdout.splitlines()] == [
        ["STATE", "PR", "ITEM", "REPOSITORY"],
        ["open", "#1", "top", f"{host}/acme/a"],
        ["open", "#1", "x", f"{host}/acme/b"],
        ["open", "#1", "top", f"{host}/acme/c"],
    ]
    for name in ("acme/a", "acme/c"):
        [pull] = forge.pulls(name)
        forge[name].checks[pull.head_sha] = {"ci": "success"}
    merged = codemod(campaign, "batch", "merge", "--when-green", *words, "--json", "-q", env=environment)
    told = {one["repository"].rpartition("/")[2]: one["items"][0]["state"] for one in json.loads(merged.stdout)}
    assert told == {"a": "merged", "b": "open", "c": "merged"}, merged.stderr
    assert codemod(campaign, "batch", "close", *words, "-q", env=environment).returncode == 0
    assert [forge.pulls(name)[0].state for name in ("acme/a", "acme/b", "acme/c")] == ["closed"] * 3
    named = codemod(campaign, "batch", "run", "some-plan", *words, env=environment)
    assert named.returncode == 2


def test_what_follows_from_contents_is_remembered_for_all_repositories(
    forge: GitHub, make_repo: Make, campaign: Path, environment: Mapping[str, str], git: Git
) -> None:
    first = make_repo({"pyproject.toml": PROJECT, "a.py": OPTIONAL})
    second = make_repo({"pyproject.toml": PROJECT, "a.py": OPTIONAL, "README": "another\n"}, name="second")
    forge.add_repository("acme/a", first)
    forge.add_repository("acme/b", second)
    counts = []
    for name in ("acme/a", "acme/b"):
        assert failed(run(campaign, sources(campaign, forge, [name], environment), environment)) == {}
        [file] = (mirrors.home().parent / "shared" / "cache").glob("*.sqlite")
        with closing(sqlite3.connect(file)) as known:
            counts += known.execute("select count(*) from answer").fetchone()
    assert counts[0] == counts[1] > 0
