"""Repositories that are not checked out anywhere: bare partial mirrors in the user's cache.

A mirror has commits and folders; of the contents only those that codemod reads are fetched, in one request.
"""

from __future__ import annotations

import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from codemods.engine.source import PYTHON
from codemods.engine.world import CONFIG_FILES, matches_glob

from ..disk import user_cache_home
from ..errors import RunFailed, UsageError, os_reason
from ..forges.access import git_environment
from ..forges.find import address, checked_name, located, shown
from ..forges.known import known, unknown
from ..formatters import CALLERS
from ..git import Repository
from ..trees import REGULAR

# beside Python: who formats, who owns, what is configured; anything else that somebody asks for is fetched then
_READ = (*CONFIG_FILES, *CALLERS, "CODEOWNERS", ".gitattributes", ".editorconfig", "codemod.toml")


@dataclass(frozen=True)
class Source:
    """A repository somewhere: its address, and what a person calls it."""

    url: str
    called: str  # host/owner/name


def source(text: str, host: str, environment: Mapping[str, str]) -> Source:
    """A repository by its address, or by `owner/name` on a host. Raises UsageError."""
    if "://" in text or ":" in text:
        found = located(text, environment)
        if address(text).scheme in ("http", "https") and "@" in urllib.parse.urlsplit(text).netloc:
            told = "a name or token in an address would be kept with it; tokens come from the environment"
            raise UsageError(f"{shown(text)}: {told}")
        return Source(url=text, called=f"{address(text).place}/{found.name}")
    forge = known(host, environment)
    if forge is None:
        raise unknown(host)
    name = checked_name(text.removesuffix(".git"), forge.kind)
    return Source(url=f"{urllib.parse.urlsplit(forge.api).scheme}://{host}/{name}.git", called=f"{host}/{name}")


def listed(path: Path, host: str, environment: Mapping[str, str]) -> list[Source]:
    """The repositories of a file, a line each; what begins with # is none. Raises UsageError."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {os_reason(error)}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: a text in UTF-8 is needed") from None
    found: dict[str, Source] = {}
    for number, line in enumerate(lines, 1):
        if (text := line.strip()) and not text.startswith("#"):
            try:
                one = source(text, host, environment)
            except UsageError as error:
                raise UsageError(f"{path}:{number}: {error}") from None
            found.setdefault(one.called, one)
    return list(found.values())


def home() -> Path:
    """Where mirrors lie."""
    return user_cache_home() / "git"


def place(one: Source) -> Path:
    """Where its mirror lies."""
    return home().joinpath(*f"{one.called}.git".split("/"))


def mirror(one: Source, environment: Mapping[str, str]) -> Repository:
    """The mirror of a repository, made where it is missing. Nothing is fetched yet. Raises RunFailed."""
    access = git_environment(one.url, environment)
    path = place(one)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise RunFailed(f"{path.parent}: {os_reason(error)}") from None
    repository = replace(Repository.make_bare(path), access=access, answers=user_cache_home() / "shared")
    for key, value in (("url", one.url), ("promisor", "true"), ("partialclonefilter", "blob:none")):
        repository.ask("config", f"remote.origin.{key}", value)
    return repository


def prefetch(repository: Repository, commit: str) -> None:
    """Fetch what codemod may read of a commit, in one request. Raises RunFailed."""
    tree = repository.tree(commit)
    wanted = {entry.oid for path, entry in tree.items() if entry.mode in REGULAR and _is_read(path)}
    repository.prefetch(wanted)


def _is_read(path: str) -> bool:
    return path.endswith(PYTHON) or matches_glob(path, _READ)
