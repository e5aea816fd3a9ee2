"""From a remote's address to the repository on its forge."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import RunFailed, UsageError
from ..git import Repository, one_line
from .known import LOOPBACK, Kind, Known, known, unknown
from .secret import Secret, mask

_SCP = re.compile(r"(?:(?P<user>[^@/\s]+)@)?(?P<host>\[[^\]/]+\]|[^:/\[\]\s]+):(?P<path>.*)", re.DOTALL)
_WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*|\.[A-Za-z0-9_-][A-Za-z0-9_.-]*")  # .github is a repository


@dataclass(frozen=True)
class Address:
    """A remote's address in its parts."""

    scheme: str  # https, http, ssh, git, file
    host: str  # "" for a local one
    port: int | None
    path: str  # decoded, without slashes at its ends

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}" if self.port else self.host

    @property
    def is_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def origin(self) -> str:
        """Where an http header may be sent to."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + (f":{self.port}" if self.port else "") + "/"


@dataclass(frozen=True)
class Place:
    """A repository on a forge."""

    forge: Known
    name: str  # owner/name

    @property
    def kind(self) -> Kind:
        return self.forge.kind

    @property
    def api(self) -> str:
        return self.forge.api

    @property
    def host(self) -> str:
        """Who gets the token."""
        return token_host(self.forge)


def token_host(forge: Known) -> str:
    """The host whose token it is: that of the API, under the name that people use."""
    host = urllib.parse.urlsplit(forge.api).hostname or ""
    if host in ("api.github.com", "api.bitbucket.org") or host.endswith(".ghe.com"):
        return host.removeprefix("api.")
    return host


def remote_url(repository: Repository, remote: str, *, push: bool = False) -> str:
    """The address that git would talk to for a remote's name, or for an address, after `url.*.insteadOf`."""
    if not remote or remote.startswith("-") or "\0" in remote:
        raise UsageError(f"{remote!r} is not the name of a remote")
    named = repository.run("remote", "get-url", *(["--push"] if push else []), "--", remote)
    if named.code == 0:
        return named.out.decode("utf-8", "surrogateescape").split("\n")[0]
    if not ("/" in remote or ":" in remote):
        raise UsageError(f"there is no remote {remote}; see: git remote -v")
    told = repository.run("ls-remote", "--get-url", "--", remote)
    if told.code:
        raise RunFailed(one_line(told.error))
    return told.out.decode("utf-8", "surrogateescape").removesuffix("\n")


def address(url: str) -> Address:
    """Take a remote's address apart. A password in it is never shown from now on."""
    scheme, separator, _ = url.partition("://")
    if not separator or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
        return _scp_like(url)
    try:
        parts = urllib.parse.urlsplit(url)
        port = parts.port
        if parts.password:
            Secret(urllib.parse.unquote(parts.password))
            Secret(parts.password)
    except ValueError:
        raise UsageError(f"{shown(url)} is not the address of a remote") from None
    scheme = {"git+ssh": "ssh", "ssh+git": "ssh"}.get(parts.scheme.lower(), parts.scheme.lower())
    path = urllib.parse.unquote(parts.path).strip("/")
    return Address(scheme=scheme, host=(parts.hostname or "") if scheme != "file" else "", port=port, path=path)


def _scp_like(url: str) -> Address:
    """`git@host:owner/name`, as ssh has it; all else is a folder."""
    found = _SCP.fullmatch(url)
    if found is None or url.startswith((".", "~")):
        return Address(scheme="file", host="", port=None, path=url)
    host = found["host"].strip("[]").lower()
    if found["path"].startswith(":"):  # `ext::…`, git's way to name a program that talks for it
        return Address(scheme=host, host=host, port=None, path="")
    return Address(scheme="ssh", host=host, port=None, path=found["path"].strip("/"))


def shown(url: str) -> str:
    """An address for a person: without what stands before an @ in it."""
    return mask(re.sub(r"(://)[^/\s]*@", r"\1", url))


def located(url: str, environment: Mapping[str, str], *, isolated: bool = False) -> Place:
    """The repository that a remote's address is of. Raises UsageError where no forge is known for it."""
    found = address(url)
    if not found.host:
        raise UsageError(f"{shown(url)} is a folder on this machine: pull requests need a forge")
    # ssh has ports of its own, which say nothing of the forge's
    forge = known(found.host if found.scheme == "ssh" else found.place, environment, isolated=isolated)
    if forge is None:
        raise unknown(found.host)
    return Place(forge=forge, name=_name(found.path, forge, url))


def _name(path: str, forge: Known, url: str) -> str:
    """`owner/name`; GitLab has groups within groups, and a forge may live below a path of its host."""
    words = path.removesuffix("/").removesuffix(".git").split("/")
    below = urllib.parse.urlsplit(forge.api).path.partition("/api/")[0].strip("/").split("/")
    if forge.kind is Kind.GITLAB and words[: len(below)] == below:
        words = words[len(below) :]
    elif forge.kind is not Kind.GITLAB:
        words = words[-2:]
    return checked_name("/".join(words), forge.kind, shown(url))


def checked_name(name: str, kind: Kind, told: str = "") -> str:
    """`owner/name`, if it can be one. It becomes part of addresses."""
    words = name.split("/")
    if len(words) < 2 or (len(words) > 2 and kind is not Kind.GITLAB) or not all(map(_WORD.fullmatch, words)):
        raise UsageError(f"{told or name!r} does not name a repository as owner/name")
    return name
