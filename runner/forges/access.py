"""What git needs to talk to a remote: a token in its environment, and no more doors than that remote takes.

A token in an address would land in .git/config and in the list of processes; one in the environment does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..errors import UsageError
from .find import Address, address, located, shown
from .known import Kind
from .tokens import find_token

_USER = {Kind.GITHUB: "x-access-token", Kind.GITLAB: "oauth2", Kind.GITEA: "oauth2", Kind.BITBUCKET: "x-token-auth"}


def git_environment(url: str, environment: Mapping[str, str], *, isolated: bool = False) -> dict[str, str]:
    """What to add to the environment of `git push`, `fetch` or `ls-remote` for a remote's address (see `remote_url`).

    Where we have no token for its host, the user's own credential helpers are asked as ever. With one they are not:
    a push must not succeed as somebody else.
    """
    found = address(url)
    settings = list(_settings(found, url, environment, isolated))
    added = {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": _protocols(found, url, environment),
        "GIT_TRACE_REDACT": "1",  # or GIT_TRACE_CURL would print the header
        # git itself waits forever; a server that is alive says so every few seconds
        "GIT_HTTP_LOW_SPEED_LIMIT": environment.get("GIT_HTTP_LOW_SPEED_LIMIT", "1"),
        "GIT_HTTP_LOW_SPEED_TIME": environment.get("GIT_HTTP_LOW_SPEED_TIME", "300"),
    }
    if settings:
        before = environment.get("GIT_CONFIG_COUNT", "")
        start = int(before) if before.isdecimal() else 0
        added["GIT_CONFIG_COUNT"] = str(start + len(settings))
        for number, (key, value) in enumerate(settings, start):
            added |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return added


def _settings(found: Address, url: str, environment: Mapping[str, str], isolated: bool) -> Iterator[tuple[str, str]]:
    """The header, for this host only: git would take it along to where a server redirects it, so it must not follow."""
    if found.scheme != "https" and not (found.scheme == "http" and found.is_loopback):
        return
    try:
        place = located(url, environment, isolated=isolated)
    except UsageError:
        return  # a server without a forge that we know: then as git does it
    secret = find_token(place, environment, isolated=isolated) if place.host == found.host else None
    if secret is None:
        return
    user = environment.get("BITBUCKET_USERNAME", "") if place.kind is Kind.BITBUCKET else ""
    yield f"http.{found.origin}.extraHeader", ""  # forget those of the user's configuration: two would be sent
    yield f"http.{found.origin}.extraHeader", f"Authorization: {secret.basic(user or _USER[place.kind])}"
    yield f"http.{found.origin}.followRedirects", "false"
    yield "credential.helper", ""


def _protocols(found: Address, url: str, environment: Mapping[str, str]) -> str:
    """https and ssh, and what this one remote of the user's needs; what the user forbids stays forbidden."""
    allowed = ["https", "ssh"]
    match found.scheme:
        case "https" | "ssh":
            pass
        case "file":
            allowed.append("file")
        case "http" if found.is_loopback:
            allowed.append("http")
        case _:
            raise UsageError(f"{shown(url)}: only https and ssh go over a network")
    mine = environment.get("GIT_ALLOW_PROTOCOL")
    return ":".join(allowed if mine is None else [name for name in allowed if name in mine.split(":")])
