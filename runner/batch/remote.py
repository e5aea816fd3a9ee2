"""The remote of a batch: what its branches hold there, and one push for all that change.

Branches are fetched to where `git fetch` puts them (refs/remotes/REMOTE/…). A push is atomic, and each of its branches
carries a lease: it moves only from where we saw it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import RunFailed, UsageError
from ..git import QUIET, Repository, one_line
from ..terminal import cut
from ..trees import to_path
from ..writing import write

_PUSH = (
    *("push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no", "--signed=if-asked"),
    *("--no-thin",),
)
_ONE = re.compile(r"!\t([^\t]*):refs/heads/([^\t]+)\t\[(remote )?rejected\] \((.*)\)")
_WITH_ALL = "atomic push fail"  # what git says of those that another one has stopped: "failed", "failure"


@dataclass(frozen=True)
class Move:
    """A branch of the remote: from where it was seen, None where there was none, to where it shall be."""

    old: str | None
    new: str


@dataclass(frozen=True)
class Pushed:
    """What became of a push: the branches that moved, and why others did not."""

    moved: frozenset[str] = frozenset()
    refused: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Remote:
    """One remote of a repository. `environment` is what git needs to be let in, see `forges.access`."""

    repository: Repository
    name: str
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def url(self) -> str:
        """Its address, as git would use it. Raises UsageError where there is no such remote."""
        answer = self.repository.run("remote", "get-url", "--", self.name)
        if answer.code:
            have = to_path(self.repository.run("remote").out).split()
            advice = f"there is {', '.join(have)}" if have else "add one: git remote add origin URL"
            raise UsageError(f"there is no remote {self.name!r} here; {advice} (choose with --remote)")
        return to_path(answer.out).strip()

    def ref(self, branch: str) -> str:
        """Where a branch of the remote is seen here."""
        return f"refs/remotes/{self.name}/{branch}"

    def fetch(self, base: str, prefix: str) -> None:
        """See the base and all branches that begin with `prefix/` as they are there now. Raises RunFailed."""
        specs = (f"+refs/heads/{base}:{self.ref(base)}", f"+refs/heads/{prefix}/*:{self.ref(prefix)}/*")
        options = ("--quiet", "--prune", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no")
        try:
            write(
                self.repository, "fetch", *options, "--no-auto-maintenance", "--", self.name, *specs,
                env=self.environment, whole=True,
            )  # fmt: skip
        except RunFailed as error:
            raise RunFailed(f"cannot fetch {base} from {self.name}: {self._reason(str(error))}") from None

    def tip(self, branch: str) -> str | None:
        """Where a branch is there, asked now; None where there is none. Raises RunFailed."""
        words = ("ls-remote", "--heads", "--", self.name, f"refs/heads/{branch}")
        answer = self.repository.run(*words, env=self.environment)
        if answer.code:
            raise RunFailed(f"cannot reach {self.name}: {self._reason(answer.error)}")
        lines = (line.split("\t") for line in to_path(answer.out).splitlines())
        return next((oid for oid, ref in lines if ref == f"refs/heads/{branch}"), None)

    def default_branch(self) -> str | None:
        """What HEAD is there; None where it says nothing."""
        answer = self.repository.run("ls-remote", "--symref", "--", self.name, "HEAD", env=self.environment)
        if answer.code:
            raise RunFailed(f"cannot reach {self.name}: {self._reason(answer.error)}")
        told = re.match(r"ref: refs/heads/(.+)\tHEAD", to_path(answer.out))
        return told[1] if told else None

    def branches(self, prefix: str) -> dict[str, str]:
        """The commits of all branches that begin with `prefix/`, as they were fetched, by their names."""
        whole = self.ref("")
        out = self.repository.ask("for-each-ref", "--format=%(refname) %(objectname)", self.ref(prefix) + "/")
        lines = (line.split(" ") for line in to_path(out).split("\n")[:-1])
        return {ref.removeprefix(whole): oid for ref, oid in lines}

    def push(self, moves: Mapping[str, Move]) -> Pushed:
        """Move the branches there, in one go. One that has moved since, or is refused, does not stop the others.

        Raises RunFailed where nothing can be pushed at all.
        """
        left, refused = {name: move for name, move in moves.items() if move.old != move.new}, dict[str, str]()
        atomic = True
        while left:
            out = self._push(left, atomic)
            if out is None:
                return Pushed(moved=frozenset(left), refused=refused)
            if atomic and "does not support --atomic" in out:
                atomic = False
                continue
            said = _of_server(out)
            told = {name: f"{why}{said if 'declined' in why else ''}" for _, name, _, why in _ONE.findall(out)}
            mine = {name: why for name, why in told.items() if not why.startswith(_WITH_ALL)}
            if not mine:
                raise RunFailed(f"cannot push to {self.name}: {self._reason(_of_push(out))}")
            refused |= mine
            left = {name: move for name, move in left.items() if name not in mine}
            if not atomic:
                return Pushed(moved=frozenset(left), refused=refused)
        return Pushed(refused=refused)

    def _push(self, moves: Mapping[str, Move], atomic: bool) -> str | None:
        """What git said where not all of it went; None where it did."""
        leases = [f"--force-with-lease=refs/heads/{name}:{move.old or ''}" for name, move in moves.items()]
        specs = [f"{move.new}:refs/heads/{name}" for name, move in moves.items()]
        options = (*_PUSH, *(["--atomic"] if atomic else []), *leases)
        answer = self.repository.run(*QUIET, *options, "--", self.name, *specs, env=self.environment)
        return to_path(answer.out) + answer.error if answer.code else None

    def delete(self, branches: Mapping[str, str]) -> Pushed:
        """Delete branches that still are where they were seen."""
        refused: dict[str, str] = {}
        leases = [f"--force-with-lease=refs/heads/{name}:{oid}" for name, oid in branches.items()]
        specs = [f":refs/heads/{name}" for name in branches]
        answer = self.repository.run(*QUIET, *_PUSH, *leases, "--", self.name, *specs, env=self.environment)
        if answer.code:
            refused = {name: why for _, name, _, why in _ONE.findall(to_path(answer.out))}
            if not refused:
                raise RunFailed(f"cannot push to {self.name}: {self._reason(answer.error)}")
        return Pushed(moved=frozenset(branches.keys() - refused.keys()), refused=refused)

    def _reason(self, error: str) -> str:
        """What git says, in a line. It asks for a name where a token is refused, and nobody is there to answer."""
        if _ASKS.search(error) and any(_HEADER.fullmatch(value) for value in self.environment.values()):
            return "it refuses the token; has that expired?"
        return one_line(error)


_ASKS = re.compile("could not read Username|Authentication failed")
_HEADER = re.compile("Authorization: .*", re.S)


def _of_server(out: str) -> str:
    """`: …`, what the server itself says of a push that it declines; its rules, say."""
    said = (line.removeprefix("remote: ").strip() for line in out.splitlines() if line.startswith("remote: "))
    text = " ".join(dict.fromkeys(line for line in said if line and not line.startswith("error: hook declined")))
    return f": {cut(text, 300)}" if text else ""


def _of_push(out: str) -> str:
    lines = [line for line in out.splitlines() if line.startswith(("fatal:", "error:", "remote:"))]
    return "\n".join(lines) or out
