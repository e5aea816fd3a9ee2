"""Where a batch goes: the remote that was named, or that of the branch, and the forge behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import UsageError
from ..forges.access import git_environment
from ..forges.connect import connect
from ..forges.find import located, remote_url
from ..forges.known import Kind
from ..forges.values import Forge
from ..git import Repository
from ..terminal import printable, say
from ..trees import to_path
from . import owners
from .remote import Remote

_KINDS: Mapping[Kind, owners.Kind] = {Kind.GITHUB: "github", Kind.GITLAB: "gitlab"}


@dataclass(frozen=True)
class Place:
    """Where a batch goes: the remote, and the forge behind it; None where only branches are pushed."""

    remote: Remote
    forge: Forge | None
    kind: owners.Kind = ""


def find(
    repository: Repository,
    name: str,
    environment: Mapping[str, str],
    *,
    quiet: bool,
    pulls: bool = True,
) -> Place:
    """The remote `name`, see `remote_name` for "". Without `pulls` no forge is asked; long waits are told unless `quiet`.

    Raises UsageError where there is no such remote, no forge that we know behind it, or no token for that.
    """
    name = remote_name(repository, name)
    remote = Remote(repository=repository, name=name)
    _ = remote.url  # there is one
    url = remote_url(repository, name, push=True)
    remote = Remote(repository=repository, name=name, environment=git_environment(url, environment))
    if not pulls:
        return Place(remote=remote, forge=None)
    told = (lambda waits: None) if quiet else (lambda waits: say(printable(waits)))
    return Place(remote=remote, forge=connect(url, environment, told=told), kind=kind_of(url, environment))


def kind_of(url: str, environment: Mapping[str, str]) -> owners.Kind:
    """Which forge's rules hold for CODEOWNERS at a remote's address; "" where no forge is known for it."""
    try:
        kind = located(url, environment).kind
    except UsageError:
        return ""
    return _KINDS.get(kind, "")


def remote_name(repository: Repository, asked: str) -> str:
    """The remote that was asked for, that of the branch that is checked out, the only one there is, or origin."""
    if asked:
        return asked
    branch = to_path(repository.run("symbolic-ref", "-q", "--short", "HEAD").out).strip()
    found = to_path(repository.run("config", f"branch.{branch}.remote").out).strip() if branch else ""
    if found not in ("", "."):
        return found
    names = to_path(repository.run("remote").out).splitlines()
    return names[0] if len(names) == 1 else "origin"
