"""Which forges there are, and where: those that everybody knows, and those that the user's own settings name.

A file of the analysed repository has no say in it: whoever names a host would get a token.
"""

from __future__ import annotations

import re
import tomllib
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from ..errors import UsageError, os_reason
from ..settings import user_file


class Kind(Enum):
    """What a host speaks."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"  # and Forgejo
    BITBUCKET = "bitbucket"


@dataclass(frozen=True)
class Known:
    """A forge: what it speaks, where, and what the user wants of it."""

    kind: Kind
    api: str  # without a slash at the end
    token: str = ""  # the environment variable that holds its token, where the user named one
    per_minute: float = 0.0  # writes; 0: as the kind has it
    per_hour: float = 0.0


LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
VARIABLE = "CODEMOD_FORGE"
_KINDS = ", ".join(kind.value for kind in Kind)
_BY_NAME = {
    "github.com": Kind.GITHUB,
    "ssh.github.com": Kind.GITHUB,
    "gitlab.com": Kind.GITLAB,
    "altssh.gitlab.com": Kind.GITLAB,
    "codeberg.org": Kind.GITEA,
    "gitea.com": Kind.GITEA,
    "bitbucket.org": Kind.BITBUCKET,
    "altssh.bitbucket.org": Kind.BITBUCKET,
}
_KEYS = ("kind", "api", "token", "per-minute", "per-hour")


def known(host: str, environment: Mapping[str, str], *, isolated: bool = False) -> Known | None:
    """What is known of a host, which may say a port too. Raises UsageError where a setting makes no sense.

    `isolated`: without the user's configuration file.
    """
    named = _named(environment) | ({} if isolated else _filed(user_file())) | _of_variable(environment)
    bare = host.rpartition(":")[0] if re.search(r":\d+$", host) else host
    for name in (host, bare):
        if name in named:
            return named[name]
    if bare in _BY_NAME:
        return Known(
            kind=_BY_NAME[bare], api=api_of(_BY_NAME[bare], bare.removeprefix("ssh.").removeprefix("altssh."))
        )
    return Known(kind=Kind.GITHUB, api=api_of(Kind.GITHUB, bare)) if bare.endswith(".ghe.com") else None


def api_of(kind: Kind, host: str) -> str:
    """Where a host of this kind has its API if nobody says otherwise."""
    match kind:
        case Kind.GITHUB if host == "github.com" or host.endswith(".ghe.com"):
            return f"https://api.{host}"
        case Kind.GITHUB:
            return f"https://{host}/api/v3"
        case Kind.GITLAB:
            return f"https://{host}/api/v4"
        case Kind.GITEA:
            return f"https://{host}/api/v1"
        case Kind.BITBUCKET:
            return "https://api.bitbucket.org/2.0" if host == "bitbucket.org" else f"https://{host}/2.0"


def unknown(host: str) -> UsageError:
    """What to tell somebody whose host nobody knows."""
    told = f'[forges."{host}"] and kind = "…" in {user_file()}'
    return UsageError(f"what kind of forge is {host}? Say {VARIABLE}={host}=KIND, or {told}: one of {_KINDS}")


def _named(environment: Mapping[str, str]) -> dict[str, Known]:
    """The hosts that the variables of other programs name: those of gh, glab and tea, and of GitHub's own runner."""
    found = {}
    for variable, kind in (("GITEA_HOST", Kind.GITEA), ("GITLAB_HOST", Kind.GITLAB), ("GH_HOST", Kind.GITHUB)):
        if host := host_named(environment, variable):
            found[host] = Known(kind=kind, api=api_of(kind, host))
    if environment.get("GITHUB_ACTIONS") == "true" and (api := environment.get("GITHUB_API_URL")):
        server = urllib.parse.urlsplit(environment.get("GITHUB_SERVER_URL", "")).hostname
        if server:
            found[server] = Known(kind=Kind.GITHUB, api=checked_api(api, "GITHUB_API_URL"))
    return found


def host_named(environment: Mapping[str, str], variable: str) -> str:
    """A host in an environment variable, which may say it as an address."""
    told = environment.get(variable, "").strip()
    host = urllib.parse.urlsplit(told).hostname or "" if "://" in told else told.lower().rstrip("/")
    if told and not re.fullmatch(r"[\w.-]+(:\d+)?", host):
        raise UsageError(f"{variable} is not the name of a host")
    return host


def _of_variable(environment: Mapping[str, str]) -> dict[str, Known]:
    """`[HOST=]KIND[:API]`, or several with spaces between them."""
    found = {}
    for word in environment.get(VARIABLE, "").split():
        host, rest = word.split("=", 1) if "=" in word.partition("://")[0] else ("", word)
        name, colon, address = rest.partition(":")
        kind = _kind(name, VARIABLE)
        api = checked_api(address, VARIABLE) if colon else ""
        if not (host or api):
            raise UsageError(f"{VARIABLE}: which host? Write HOST={name}, or {name}:https://HOST/…")
        host = host.lower() or (urllib.parse.urlsplit(api).hostname or "").removeprefix("api.")
        found[host] = Known(kind=kind, api=api or api_of(kind, host))
    return found


def _filed(path: Path) -> dict[str, Known]:
    """The tables `[forges."HOST"]` of the user's own configuration."""
    try:
        table = tomllib.loads(path.read_text("utf-8")).get("forges", {})
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {os_reason(error)}") from None
    except ValueError as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from None
    if not isinstance(table, dict):
        raise UsageError(f"{path}: forges: a table for each host is needed")
    return {host.lower(): _one(path, host, told) for host, told in table.items()}


def _one(path: Path, host: str, told: Any) -> Known:
    where = f'{path}: forges."{host}"'
    if not isinstance(told, dict):
        raise UsageError(f"{where}: a table is needed")
    if strange := [key for key in told if key not in _KEYS]:
        raise UsageError(f"{where}: unknown key {strange[0]}; there are {', '.join(_KEYS)}")
    for key in ("kind", "api", "token"):
        if not isinstance(told.get(key, ""), str):
            raise UsageError(f"{where}: {key} is a text")
    kind = _kind(told.get("kind", ""), where)
    token = told.get("token", "")
    if token and not re.fullmatch(r"[A-Za-z_]\w*", token):
        raise UsageError(f"{where}: token is the name of an environment variable, never the token itself")
    rates = [told.get(key, 0) for key in ("per-minute", "per-hour")]
    if any(isinstance(rate, bool) or not isinstance(rate, int | float) or rate < 0 for rate in rates):
        raise UsageError(f"{where}: per-minute and per-hour are numbers")
    api = checked_api(told["api"], where) if told.get("api") else api_of(kind, host.lower())
    return Known(kind=kind, api=api, token=token, per_minute=rates[0], per_hour=rates[1])


def _kind(name: str, where: str) -> Kind:
    try:
        return Kind(name)
    except ValueError:
        raise UsageError(f"{where}: the kind of a forge is one of {_KINDS}") from None


def checked_api(address: str, where: str) -> str:
    """An API's address that a token may be sent to."""
    try:
        parts = urllib.parse.urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise UsageError(f"{where}: not an address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(f"{where}: an address with https:// is needed")
    if parts.scheme != "https" and host not in LOOPBACK:
        raise UsageError(f"{where}: a token is sent by https only, not to http://{host}")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError(f"{where}: an address without a user, a password, ? and # is needed")
    return address.rstrip("/")
