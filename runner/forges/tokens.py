"""Whose token is whose: each is for one host, as gh and glab have it, and comes from the environment only."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import urllib.parse
from collections.abc import Iterator, Mapping
from pathlib import Path

from .. import programs
from ..errors import UsageError
from .find import Place
from .known import LOOPBACK, VARIABLE, Kind, Known, host_named, known
from .secret import Secret

_VARIABLES = {
    Kind.GITHUB: ("GH_TOKEN", "GITHUB_TOKEN"),
    Kind.GITLAB: ("GITLAB_TOKEN",),
    Kind.GITEA: ("GITEA_TOKEN",),
    Kind.BITBUCKET: ("BITBUCKET_TOKEN",),
}
_ENTERPRISE = ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
_HOME = {
    Kind.GITHUB: ("", "github.com"),
    Kind.GITLAB: ("GITLAB_HOST", "gitlab.com"),
    Kind.GITEA: ("GITEA_HOST", "gitea.com"),
    Kind.BITBUCKET: ("", "bitbucket.org"),
}
_TIME = 20.0  # seconds for `gh auth token`, which may open a key ring


def token_of(place: Place, environment: Mapping[str, str], *, isolated: bool = False) -> Secret:
    """The token for a forge. Raises UsageError where there is none."""
    if found := find_token(place, environment, isolated=isolated):
        return found
    variables = " or ".join(variables_of(place.forge, place.host, environment))
    advice = f"set {variables}" if variables else _no_variable(place)
    also = ", or log in by: gh auth login" if _asks_gh(place) else ""
    raise UsageError(f"there is no token for {place.host}; {advice}{also}")


def find_token(place: Place, environment: Mapping[str, str], *, isolated: bool = False) -> Secret | None:
    """The token for a forge, if there is one."""
    for variable in variables_of(place.forge, place.host, environment):
        if told := environment.get(variable, "").strip():
            return _checked(told, variable)
    return _of_gh(place.host, environment) if _asks_gh(place) else None


def variables_of(forge: Known, host: str, environment: Mapping[str, str]) -> tuple[str, ...]:
    """The environment variables that hold the token of a host, the first that is set wins."""
    if forge.token:
        return (forge.token,)
    if forge.kind is Kind.GITHUB:
        return tuple(_of_github(host, environment))
    usual = _VARIABLES[forge.kind] if _is_home(forge.kind, host, environment) else ()
    return ("CODEBERG_TOKEN", *usual) if host == "codeberg.org" else usual


def _of_github(host: str, environment: Mapping[str, str]) -> Iterator[str]:
    on_premises = not (host == "github.com" or host.endswith(".ghe.com"))
    if on_premises:
        yield from _ENTERPRISE
    if not on_premises or host in LOOPBACK or host == _of_runner(environment):
        yield from _VARIABLES[Kind.GITHUB]


def _of_runner(environment: Mapping[str, str]) -> str:
    """The host whose GITHUB_TOKEN it is where GitHub's own runner runs us."""
    if environment.get("GITHUB_ACTIONS") != "true":
        return ""
    return urllib.parse.urlsplit(environment.get("GITHUB_SERVER_URL", "")).hostname or ""


def _is_home(kind: Kind, host: str, environment: Mapping[str, str]) -> bool:
    """Whether the token of a kind is for this host: one that the environment names, else the best known."""
    variable, usual = _HOME[kind]
    named = host_named(environment, variable).partition(":")[0] if variable else ""
    told = {named} if named else _told(kind, environment)
    return host in (told or {usual})


def _told(kind: Kind, environment: Mapping[str, str]) -> set[str]:
    """The hosts of a kind that CODEMOD_FORGE names."""
    hosts = set()
    for word in environment.get(VARIABLE, "").split():
        for part in re.findall(r"https?://[^\s/]+|^[^=:/]+(?==)", word):
            host = urllib.parse.urlsplit(part).hostname if "://" in part else part.lower()
            found = known(host, {VARIABLE: word}, isolated=True) if host else None
            if found is not None and found.kind is kind:
                hosts.add(urllib.parse.urlsplit(found.api).hostname or "")
    return hosts


def _no_variable(place: Place) -> str:
    """Where the usual variable is another host's."""
    usual = _VARIABLES[place.kind][0]
    named = " or ".join(filter(None, (_HOME[place.kind][0], VARIABLE)))
    told = f'token = "{usual}" for it in your own configuration' if not named else f"name the host by {named}"
    return f"{usual} is another host's: {told}"


def _asks_gh(place: Place) -> bool:
    return place.kind is Kind.GITHUB and not place.forge.token and place.host not in LOOPBACK


def _of_gh(host: str, environment: Mapping[str, str]) -> Secret | None:
    """The token that GitHub's own program keeps for a host, where it is installed and logged in."""
    program = shutil.which("gh", path=environment.get("PATH", ""))
    if program is None:
        return None
    quiet = dict(environment) | {"GH_PROMPT_DISABLED": "1", "GH_NO_UPDATE_NOTIFIER": "1"}
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        command = [part.encode() for part in (program, "auth", "token", "--hostname", host)]
        done = programs.run(command, cwd=Path.home(), env=quiet, timeout=_TIME)
        told = done.stdout.decode("utf-8", "replace").strip()
        if done.returncode == 0 and told:
            return _checked(told, "gh auth token")
    return None


def _checked(told: str, where: str) -> Secret:
    """A token becomes part of a header."""
    secret = Secret(told)
    if not re.fullmatch(r"[\x21-\x7e]+", told):
        raise UsageError(f"{where} is no token: it holds a blank, a line end or a letter beyond ASCII")
    return secret
