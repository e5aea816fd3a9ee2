"""From a remote's address, or the name of a host, to the forge that answers for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..errors import UsageError
from .asking import Asking
from .find import Place, located
from .known import Kind as Kind
from .known import Known, known, unknown
from .pace import Pace
from .secret import Secret
from .tokens import token_of
from .values import Forge, Host

UNTRIED = frozenset({Kind.GITEA, Kind.BITBUCKET})
_TIMEOUT = 30.0  # seconds for one answer
_RATE, _TIME, _VERSION = "CODEMOD_PACE", "CODEMOD_FORGE_TIMEOUT", "CODEMOD_GITHUB_API"


@dataclass
class Forges:
    """Forges for many repositories: those of one host share its pace, and its connections."""

    environment: Mapping[str, str]
    told: Callable[[str], None] | None = None
    isolated: bool = False
    _hosts: dict[Known, Host] = field(default_factory=dict)

    def connect(self, url: str) -> Forge:
        """See `connect`."""
        place = located(url, self.environment, isolated=self.isolated)
        if place.forge not in self._hosts:
            made = host_of(place, self.environment, told=self.told, isolated=self.isolated)
            self._hosts[place.forge] = made
        return self._hosts[place.forge].repository(place.name)


def connect(
    url: str, environment: Mapping[str, str], *, told: Callable[[str], None] | None = None, isolated: bool = False
) -> Forge:
    """The repository that a remote's address is of (see `find.remote_url`). Nothing is asked of it yet. For many
    repositories use `Forges`.

    `told` hears of long waits. Raises UsageError where no forge is known, where there is no token for it, and where
    a package is missing.
    """
    return Forges(environment, told, isolated).connect(url)


def host(
    name: str, environment: Mapping[str, str], *, told: Callable[[str], None] | None = None, isolated: bool = False
) -> Host:
    """A forge by the name of its host: github.com, gitlab.example."""
    forge = known(name.lower(), environment, isolated=isolated)
    if forge is None:
        raise unknown(name)
    return host_of(Place(forge=forge, name=""), environment, told=told, isolated=isolated)


def host_of(
    place: Place, environment: Mapping[str, str], *, told: Callable[[str], None] | None = None, isolated: bool = False
) -> Host:
    """The host of a place, with its token and its pace."""
    secret = token_of(place, environment, isolated=isolated)
    pace = pace_of(place.forge, place.host, environment)
    if told is not None:
        pace.told = told
        if place.kind in UNTRIED:
            told(f"{place.host}: what we know of {place.kind.value} is tested against a fake only")
    timeout = _number(environment, _TIME, _TIMEOUT)
    return _made(place, secret, Asking(pace), timeout, environment)


def _made(place: Place, secret: Secret, asking: Asking, timeout: float, environment: Mapping[str, str]) -> Host:
    match place.kind:
        case Kind.GITHUB:
            from .github import GitHubHost

            return GitHubHost(place.api, secret, asking, timeout=timeout, version=environment.get(_VERSION, ""))
        case Kind.GITLAB:
            from .gitlab import GitLabHost

            return GitLabHost(place.api, secret, asking, timeout=timeout)
        case Kind.GITEA:
            _needs_requests(place.kind)
            from .gitea import GiteaHost

            return GiteaHost(place.api, secret, asking, timeout=timeout)
        case Kind.BITBUCKET:
            _needs_requests(place.kind)
            from .bitbucket import BitbucketHost

            user = environment.get("BITBUCKET_USERNAME", "")
            return BitbucketHost(place.api, secret, asking, timeout=timeout, user=user)


def _needs_requests(kind: Kind) -> None:
    try:
        import requests  # noqa: F401
    except ImportError:
        name = kind.value
        raise UsageError(f"{name} needs one package more: pip install 'codemod-toolkit[{name}]'") from None


def pace_of(forge: Known, who: str, environment: Mapping[str, str]) -> Pace:
    """As the user has it: CODEMOD_PACE=MINUTE[,HOUR] writes, then the configuration, then what GitHub advises."""
    minute, hour = forge.per_minute, forge.per_hour
    words = environment.get(_RATE, "").split(",")
    minute = _rate(words[0]) or minute
    if len(words) > 1:
        hour = _rate(words[1])
    usual = Pace()
    minute = minute or usual.per_minute
    # who allows more than GitHub does a minute has no limit of GitHub's an hour
    return Pace(who=who, per_minute=minute, per_hour=hour or max(usual.per_hour, minute * 60 if minute > 80 else 0))


def _rate(word: str) -> float:
    return _positive(word, f"{_RATE}: writes a minute, or MINUTE,HOUR") if word.strip() else 0.0


def _number(environment: Mapping[str, str], variable: str, usual: float) -> float:
    word = environment.get(variable, "").strip()
    return _positive(word, f"{variable}: seconds") if word else usual


def _positive(word: str, where: str) -> float:
    try:
        found = float(word)
    except ValueError:
        found = 0.0
    if not 0 < found < 1e9:
        raise UsageError(f"{where}: a number above 0 is needed")
    return found
