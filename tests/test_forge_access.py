"""Where a remote's forge is, whose token goes there, and what git gets to see of it."""

from __future__ import annotations

import base64
import http.server
import os
import pickle
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.errors import RunFailed, UsageError
from runner.forges.access import git_environment
from runner.forges.connect import connect
from runner.forges.find import address, located, remote_url, shown
from runner.forges.secret import Secret, mask
from runner.forges.tokens import find_token, token_of
from runner.forges.values import ForgeFailed
from runner.git import Repository
from runner.settings import load, user_file
from runner.terminal import say
from tests.conftest import run_git

TOKEN = "ghp_0123456789abcdefghij"


def place(url: str, **environment: str) -> tuple[str, str, str]:
    found = located(url, environment)
    return found.kind.value, found.api, found.name


# ---- addresses ---------------------------------------------------------------------------------

HUB = ("github", "https://api.github.com", "o/r")


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/o/r.git",
        "https://github.com/o/r/",
        "https://somebody:secret-word@GitHub.com/o/r",
        "git@github.com:o/r.git",
        "github.com:o/r",
        "ssh://git@github.com:22/o/r.git",
        "ssh://git@ssh.github.com:443/o/r.git",
        "git+ssh://git@github.com/o/r",
    ],
)
def test_all_spellings_of_an_address_lead_to_the_repository(url: str) -> None:
    assert place(url) == HUB


@pytest.mark.parametrize(
    ("url", "told", "found"),
    [
        ("https://gitlab.com/a/b/c.git", "", ("gitlab", "https://gitlab.com/api/v4", "a/b/c")),
        ("git@codeberg.org:o/.profile", "", ("gitea", "https://codeberg.org/api/v1", "o/.profile")),
        ("https://bitbucket.org/o/r", "", ("bitbucket", "https://api.bitbucket.org/2.0", "o/r")),
        ("https://acme.ghe.com/o/r", "", ("github", "https://api.acme.ghe.com", "o/r")),
        ("git@ghe.example:o/r", "ghe.example=github", ("github", "https://ghe.example/api/v3", "o/r")),
        ("git@work:o/r", "work=github:https://api.github.com", HUB),
        ("https://x.example/git/o/r", "gitea:https://x.example/git/api/v1", ("gitea", "https://x.example/git/api/v1", "o/r")),
        ("https://x.example/lab/a/b", "gitlab:https://x.example/lab/api/v4", ("gitlab", "https://x.example/lab/api/v4", "a/b")),
        ("http://127.0.0.1:81/o/r", "github:http://127.0.0.1:82/api/v3", ("github", "http://127.0.0.1:82/api/v3", "o/r")),
        ("https://a/o/r", "b=gitlab a=gitea", ("gitea", "https://a/api/v1", "o/r")),
    ],
)  # fmt: skip
def test_a_forge_is_known_by_its_name_or_by_the_users_word(url: str, told: str, found: tuple[str, ...]) -> None:
    assert place(url, CODEMOD_FORGE=told) == found


def test_the_variables_of_other_programs_name_hosts() -> None:
    assert place("https://ghe.example/o/r", GH_HOST="ghe.example")[0] == "github"
    assert place("https://lab.example/o/r", GITLAB_HOST="https://lab.example/")[0] == "gitlab"
    runner = {"GITHUB_SERVER_URL": "https://hub.example", "GITHUB_API_URL": "https://hub.example/api/v3"}
    assert place("https://hub.example/o/r", GITHUB_ACTIONS="true", **runner)[1] == "https://hub.example/api/v3"


@pytest.mark.parametrize(
    "url", ["https://github.com/o", "https://github.com/o/../r", "https://github.com/", "git@github.com:o/r s", "github.com:/o/%2e%2e"]
)  # fmt: skip
def test_what_names_no_repository_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="does not name a repository"):
        located(url, {})


@pytest.mark.parametrize("url", ["/srv/r.git", "../r", "file:///srv/r.git"])
def test_a_folder_has_no_forge(url: str) -> None:
    with pytest.raises(UsageError, match="folder on this machine"):
        located(url, {})


def test_an_unknown_host_is_asked_for() -> None:
    with pytest.raises(UsageError, match=r"what kind of forge is git\.example"):
        located("https://git.example/o/r", {})


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("github:http://ghe.example/api/v3", "by https only"),
        ("github:ftp://ghe.example", "https:// is needed"),
        ("github:https://me:pass-word@ghe.example/api/v3", "without a user"),
        ("githob:https://ghe.example", "is one of github, gitlab"),
        ("github", "which host"),
    ],
)
def test_a_host_that_may_get_no_token_is_refused(told: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as raised:
        located("https://ghe.example/o/r", {"CODEMOD_FORGE": told})
    assert "pass-word" not in str(raised.value)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    user_file().parent.mkdir(parents=True)
    return user_file()


def test_the_users_configuration_names_a_forge_and_the_variable_of_its_token(own: Path) -> None:
    own.write_text('[forges."ghe.example"]\nkind = "github"\ntoken = "WORK"\nper-minute = 20\n')
    found = located("git@ghe.example:o/r", {})
    assert (found.api, found.forge.per_minute) == ("https://ghe.example/api/v3", 20)
    assert find_token(found, {"WORK": TOKEN, "GH_ENTERPRISE_TOKEN": "tok_of-another"}).reveal() == TOKEN  # type: ignore[union-attr]
    assert load(own.parent).all.files == (own,)
    with pytest.raises(UsageError, match="what kind"):
        located("git@ghe.example:o/r", {}, isolated=True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[forges."a"]\nkind = "github"\ntoken = "ghp_0123-456"', "name of an environment variable"),
        ('[forges."a"]\nkind = "svn"', "is one of"),
        ('[forges."a"]\nkind = "github"\nAPI = "x"', "unknown key API"),
        ('[forges."a"]\nkind = "github"\napi = "http://a/api"', "by https only"),
        ('[forges."a"]\nkind = "github"\nper-minute = "x"', "are numbers"),
        ('forges = ["a"]', "a table for each host"),
    ],
)
def test_a_forge_that_makes_no_sense_is_refused(own: Path, text: str, why: str) -> None:
    own.write_text(text)
    with pytest.raises(UsageError, match=why):
        located("https://a/o/r", {})


@pytest.mark.parametrize("name", ["codemod.toml", "pyproject.toml"])
def test_a_project_may_not_name_a_forge(tmp_path: Path, name: str) -> None:
    prefix = "" if name == "codemod.toml" else "tool.codemod."
    (tmp_path / name).write_text(f'[{prefix}forges."evil.example"]\nkind = "github"\n')
    with pytest.raises(UsageError, match="who gets a token stands in your own configuration"):
        load(tmp_path)


def test_git_is_asked_which_address_it_would_use(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q")
    for key, value in (
        ("remote.origin.url", "hub:o/r"),
        ("url.https://github.com/.insteadOf", "hub:"),
        ("url.git@github.com:.pushInsteadOf", "hub:"),
    ):
        run_git(tmp_path, "config", key, value)
    repository = Repository.open(tmp_path)
    assert remote_url(repository, "origin") == "https://github.com/o/r"
    assert remote_url(repository, "origin", push=True) == "git@github.com:o/r"
    assert remote_url(repository, "hub:x/y") == "https://github.com/x/y"
    for wrong in ("nowhere", "--upload-pack=x", ""):
        with pytest.raises(UsageError):
            remote_url(repository, wrong)


# ---- tokens ------------------------------------------------------------------------------------


def token(url: str, **environment: str) -> str | None:
    found = find_token(located(url, environment), environment)
    return found.reveal() if found else None


def test_gh_token_wins_as_with_gh() -> None:
    assert token("git@github.com:o/r", GITHUB_TOKEN="tok_second", GH_TOKEN="tok_first") == "tok_first"
    assert token("git@github.com:o/r", GITHUB_TOKEN="tok_second", GH_TOKEN=" ") == "tok_second"


def test_a_token_is_for_its_own_host_alone() -> None:
    ghe = {"CODEMOD_FORGE": "ghe.example=github"}
    assert token("git@ghe.example:o/r", GH_TOKEN="tok_of-github.com", **ghe) is None
    assert token("git@ghe.example:o/r", GH_ENTERPRISE_TOKEN="tok_its-own", **ghe) == "tok_its-own"
    assert token("git@github.com:o/r", GH_ENTERPRISE_TOKEN="tok_of-ghe", **ghe) is None
    assert token("https://gitlab.com/o/r", GITLAB_TOKEN="tok_its-own") == "tok_its-own"
    assert token("https://gitlab.com/o/r", GITLAB_TOKEN="tok_of-lab", GITLAB_HOST="lab.example") is None
    assert token("https://lab.example/o/r", GITLAB_TOKEN="tok_its-own", GITLAB_HOST="lab.example") == "tok_its-own"
    assert token("https://gitlab.com/o/r", GITLAB_TOKEN="tok_of-x", CODEMOD_FORGE="x=gitlab") is None
    assert token("https://x/o/r", GITLAB_TOKEN="tok_its-own", CODEMOD_FORGE="x=gitlab") == "tok_its-own"
    assert token("https://codeberg.org/o/r", GITEA_TOKEN="tok_of-gitea.com") is None
    assert token("https://codeberg.org/o/r", CODEBERG_TOKEN="tok_its-own") == "tok_its-own"


def test_githubs_own_runner_has_the_token_of_its_server() -> None:
    runner = {"GITHUB_SERVER_URL": "https://hub.example", "GITHUB_API_URL": "https://hub.example/api/v3"}
    assert (
        token("https://hub.example/o/r", GITHUB_ACTIONS="true", GITHUB_TOKEN="tok_its-own", **runner) == "tok_its-own"
    )


def test_gh_is_asked_where_no_variable_is_set(tmp_path: Path) -> None:
    program = tmp_path / "gh"
    program.write_text('#!/bin/sh\n[ "$4" = github.com ] && echo tok_its-own\n')
    program.chmod(0o755)
    assert token("git@github.com:o/r", PATH=f"{tmp_path}:/usr/bin:/bin") == "tok_its-own"
    assert token("git@ghe.example:o/r", PATH=f"{tmp_path}:/usr/bin:/bin", GH_HOST="ghe.example") is None


def test_without_a_token_one_line_says_which_variable() -> None:
    with pytest.raises(UsageError) as raised:
        token_of(located("git@github.com:o/r", {}), {})
    assert (
        str(raised.value)
        == "there is no token for github.com; set GH_TOKEN or GITHUB_TOKEN, or log in by: gh auth login"
    )


@pytest.mark.parametrize("told", ["two words", "a\nb: c", "schlüssel"])
def test_what_cannot_stand_in_a_header_is_no_token(told: str) -> None:
    with pytest.raises(UsageError, match="GH_TOKEN is no token") as raised:
        token("git@github.com:o/r", GH_TOKEN=told)
    assert told not in str(raised.value)


def test_a_secret_shows_itself_to_nobody() -> None:
    secret = Secret(TOKEN)
    assert {str(secret), repr(secret), f"{secret}", str([secret])} == {"***", "[***]"}
    with pytest.raises(TypeError):
        pickle.dumps(secret)


@pytest.mark.parametrize("user", ["", "a", "ab", "abc", "x-access-token"])
def test_a_token_is_masked_in_every_spelling(user: str) -> None:
    Secret(TOKEN)
    encoded = base64.b64encode(f"{user}:{TOKEN}".encode()).decode()
    for text in (TOKEN, f"https://{user}:{TOKEN}@github.com/", f"Authorization: Basic {encoded}"):
        assert TOKEN not in mask(text)
        assert encoded[len(encoded) // 2 :] not in mask(text)
    assert mask("nothing to hide") == "nothing to hide"


def test_no_error_and_no_line_of_talk_holds_one(capsys: pytest.CaptureFixture[str]) -> None:
    Secret(TOKEN)
    for error in (UsageError(f"git: {TOKEN}"), RunFailed(f"https://x:{TOKEN}@h"), ForgeFailed(f"no {TOKEN}")):
        assert TOKEN not in str(error)
        assert TOKEN not in repr(error)
    say(f"internal error: {TOKEN}")
    assert capsys.readouterr().err == "internal error: ***\n"


def test_a_password_in_an_address_is_never_shown() -> None:
    url = "https://me:p%40ss-w0rd@github.com/o/r"
    assert address(url).host == "github.com"
    assert shown(url) == "https://github.com/o/r"
    assert "p@ss-w0rd" not in mask("refused p@ss-w0rd")


# ---- git ---------------------------------------------------------------------------------------


class Server(http.server.BaseHTTPRequestHandler):
    """Notes what it is asked with, and sends everybody elsewhere or away."""

    seen: list[tuple[int, str]]
    elsewhere = ""

    def do_GET(self) -> None:
        type(self).seen.append((self.server.server_address[1], self.headers.get("Authorization") or ""))
        self.send_response(301 if self.elsewhere else 404)
        if self.elsewhere:
            self.send_header("Location", self.elsewhere + self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def servers() -> Iterator[list[tuple[str, type[Server]]]]:
    """Two of them, on ports of their own: their addresses, and what they have noted."""
    running = []
    for _ in range(2):
        handler = type("Handler", (Server,), {"seen": []})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        running.append((server, thread, handler))
    yield [(f"http://127.0.0.1:{server.server_address[1]}", handler) for server, _, handler in running]
    for server, thread, _ in running:
        server.shutdown()
        thread.join()
        server.server_close()


def ls_remote(where: Path, url: str, environment: dict[str, str]) -> str:
    full = os.environ | environment | git_environment(url, environment)
    done = subprocess.run(["git", "ls-remote", url], cwd=where, env=full, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def expected(secret: str) -> str:
    return "Basic " + base64.b64encode(f"x-access-token:{secret}".encode()).decode()


def test_git_sends_the_token_in_a_header(servers: list[tuple[str, type[Server]]], tmp_path: Path) -> None:
    address, handler = servers[0]
    environment = {"CODEMOD_FORGE": f"github:{address}/api/v3", "GITHUB_TOKEN": TOKEN, "GIT_TRACE_CURL": "1"}
    said = ls_remote(tmp_path, f"{address}/o/r", environment)
    assert [header for _, header in handler.seen] == [expected(TOKEN)]
    assert TOKEN not in said
    assert expected(TOKEN) not in said


def test_a_token_does_not_follow_to_where_a_server_leads(
    servers: list[tuple[str, type[Server]]], tmp_path: Path
) -> None:
    (address, first), (elsewhere, second) = servers
    first.elsewhere = elsewhere
    environment = {"CODEMOD_FORGE": f"github:{address}/api/v3", "GITHUB_TOKEN": TOKEN}
    ls_remote(tmp_path, f"{address}/o/r", environment)
    assert [header for _, header in first.seen] == [expected(TOKEN)]
    assert second.seen == []


@pytest.mark.parametrize("kind", ["github", "gitlab", "gitea", "bitbucket"])
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_an_api_that_leads_elsewhere_is_not_followed(
    servers: list[tuple[str, type[Server]]], kind: str, name: str
) -> None:
    (address, first), (elsewhere, second) = servers
    first.elsewhere = elsewhere.replace("127.0.0.1", name)
    told = {"CODEMOD_FORGE": f"{kind}:{address}/api/v4", f"{kind.upper()}_TOKEN": TOKEN, "CODEMOD_PACE": "60000"}
    with pytest.raises(ForgeFailed):
        connect(f"{address}/o/r", told).default_branch()
    assert len(first.seen) >= 1
    assert all(TOKEN in header for _, header in first.seen)
    assert second.seen == []


def test_without_a_token_git_goes_on_as_the_user_has_it(
    servers: list[tuple[str, type[Server]]], tmp_path: Path
) -> None:
    (address, first), (elsewhere, second) = servers
    first.elsewhere = elsewhere
    ls_remote(tmp_path, f"{address}/o/r", {"GITHUB_TOKEN": TOKEN})
    assert [header for _, header in first.seen + second.seen] == ["", ""]


def test_settings_that_are_in_the_environment_already_stay() -> None:
    mine = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "a.b", "GIT_CONFIG_VALUE_0": "c", "GITHUB_TOKEN": TOKEN}
    added = git_environment("https://github.com/o/r", mine)
    assert "GIT_CONFIG_KEY_0" not in added
    keys = [added[f"GIT_CONFIG_KEY_{n}"] for n in range(1, int(added["GIT_CONFIG_COUNT"]))]
    assert keys[-2:] == ["http.https://github.com/.followRedirects", "credential.helper"]


@pytest.mark.parametrize(
    ("url", "protocols"),
    [
        ("https://github.com/o/r", "https:ssh"),
        ("git@github.com:o/r", "https:ssh"),
        ("/srv/r.git", "https:ssh:file"),
        ("http://127.0.0.1:8/o/r", "https:ssh:http"),
    ],
)
def test_git_gets_no_more_doors_than_a_remote_takes(url: str, protocols: str) -> None:
    assert git_environment(url, {})["GIT_ALLOW_PROTOCOL"] == protocols
    assert git_environment(url, {"GIT_ALLOW_PROTOCOL": "ssh"})["GIT_ALLOW_PROTOCOL"] in ("ssh", "")
    assert git_environment(url, {})["GIT_TERMINAL_PROMPT"] == "0"


@pytest.mark.parametrize("url", ["http://github.com/o/r", "git://github.com/o/r", "ext::sh -c x", "ftp://a/o/r"])
def test_a_remote_that_would_be_talked_to_in_the_open_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="only https and ssh"):
        git_environment(url, {"GITHUB_TOKEN": TOKEN})


def test_a_push_by_ssh_needs_no_token() -> None:
    assert "GIT_CONFIG_COUNT" not in git_environment("git@github.com:o/r", {"GITHUB_TOKEN": TOKEN})
