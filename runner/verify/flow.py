"""The flow: the base, a quick pass, the whole command; where that fails, the guilty changes are found and left out."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname

from ..decide import NOT_JUDGED
from ..errors import VerifyFailed
from ..git import Repository
from ..terminal import line, quoted
from . import remembered
from .bisection import Spent, split
from .graph import Graph
from .judging import COMMAND, end, in_words
from .layout import layout_of
from .ran import Ran
from .stage import Stage, last_line, only, open_stage
from .suspects import by_suspicion
from .trial import Compose, Trial
from .values import Asked, Failing, Item, Verified

QUICK_FROM = 5.0  # seconds that the whole command takes: below, a quick pass gains nothing
QUICK_UP_TO = 0.5  # of the test files
_LEAST = 60.0  # seconds for a run where nothing else was said
_FIRST = 3600.0  # and for the one on the base
_SHOWN = 5
_SABOTAGE = b'raise SystemExit("codemod verify: does anybody look at this file?")\n'
_NOT_JUDGED = f"{NOT_JUDGED}: the budget was spent"

Tell = Callable[[str], None]
Found = Callable[[str, Failing], None]


def verify(
    repository: Repository,
    base: str,
    items: Sequence[Item],
    compose: Compose,
    asked: Asked,
    *,
    sketch: Compose | None = None,
    inside: str = "",
    source_roots: tuple[str, ...] = (),
    tell: Tell = lambda text: None,
    found: Found = lambda key, why: None,
) -> Verified:
    """Run the command on the base and on the result, and leave out the changes that break it.

    `compose` gives the contents by path when exactly those changes are applied to `base`; `sketch` may do so with less
    care. `inside` is the folder that the user stands in. `found` hears of each change that is left out. Raises VerifyFailed where nothing can be said, and with `all_or_nothing` where anything fails.
    """
    began = time.monotonic()
    layout = layout_of(repository, base, source_roots)
    with open_stage(repository, base, asked, layout, inside) as stage:
        stage.set_up(asked.setup, asked.timeout or _FIRST)
        known = _base(stage, repository, base, asked, tell)
        limit = asked.timeout or max(_LEAST, 10 * known.ran.seconds)
        until = began + asked.budget * 60 if asked.budget else math.inf
        trial = Trial(
            stage=stage, compose=compose, sketch=sketch or compose, base=known.ran, limit=limit, until=until
        )
        trial.aside |= dict.fromkeys(sorted(known.ran.failed))
        graph = Graph(layout, lambda paths: _contents(repository, base, paths))
        run = _Verification(
            trial=trial, items=tuple(items), asked=asked, graph=graph, base=known, tell=tell, found=found
        )
        verified = run.verified()
    state = repository.state_dir
    green = known.green | {_digest(compose(verified.kept))}
    remembered.keep(state, known.key, known.ran, green)
    return verified


@dataclass(frozen=True)
class _Base:
    """What the command says without any change."""

    key: str
    ran: Ran
    runs: int
    green: frozenset[str]


def _base(stage: Stage, repository: Repository, base: str, asked: Asked, tell: Tell) -> _Base:
    """The outcome on the base, which is remembered. Raises VerifyFailed where nothing could be compared with it."""
    place = (base, stage.inside, stage.command.variables, asked.command, asked.setup)
    copied = [(path, _digest({path: (stage.tree.top / path).read_bytes()})) for path in stage.tree.copied]
    key = remembered.key_of(place, copied, sorted(stage.layout.roots))
    if (known := remembered.recall(repository.state_dir, key)) and _fails_still(stage, known.base, asked):
        return _Base(key=key, ran=known.base, runs=0, green=known.green)
    tell(f"running the tests on the base: {' '.join(map(line, asked.command))}")
    ran = stage.run({}, asked.timeout or _FIRST)
    if ran.per_test and not ran.complete:
        raise VerifyFailed(
            f"pytest does not come to its end on the base: {ran.crash or end(ran)}; nothing was delivered"
        )
    if ran.per_test and not ran.passed:
        raise VerifyFailed(
            f"no test passes on the base: {_why(ran)}{_hint(repository, stage)}; nothing was delivered"
        )
    if not ran.per_test and ran.code:
        told = f"the command fails on the base already ({end(ran)}): {last_line(ran.output)}"
        if stage.command.pytest is None:
            told += "; only where it is pytest itself can tests that fail be told from those that pass"
        raise VerifyFailed(f"{told}{_hint(repository, stage)}; nothing was delivered")
    runs = 1
    if not ran.per_test and not _looked_at(stage, ran):
        _refuse_blind(stage, ran)
        runs = 2
    remembered.keep(repository.state_dir, key, ran)
    return _Base(key=key, ran=ran, runs=runs, green=frozenset())


def _fails_still(stage: Stage, base: Ran, asked: Asked) -> bool:
    """Whether all that failed on a remembered base does so yet: what it needs may be there now, and then it counts."""
    if not (failed := base.failed.keys()):
        return True
    ran = stage.run({}, asked.timeout or max(_LEAST, 10 * base.seconds), only(base, failed))
    return failed <= ran.failed.keys()


def _why(ran: Ran) -> str:
    failures = ran.failed
    if not failures:
        return last_line(ran.output)
    text = failures[min(failures)]
    errors = [told[1:].strip() for told in text.splitlines() if told.startswith("E  ")]  # as pytest marks them
    return f"{line(min(failures))}: {line(errors[0]) if errors else last_line(text)}"


def _hint(repository: Repository, stage: Stage) -> str:
    """Untracked files of the checkout that the tests may miss in the worktree."""
    roots = [
        f"{root}/{name}/" if root else f"{name}/" for name, roots in stage.layout.names.items() for root in roots
    ]
    found = [
        path
        for path in repository.untracked()
        if path.endswith((".py", ".so", ".pyd"))
        and (path.startswith(tuple(roots)) or dirname(path) in stage.layout.roots)
        and "site-packages" not in path
    ]
    missing = [path for path in found if not (stage.tree.top / path).exists()]
    if not missing:
        return ""
    more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    return f" (not in git: {', '.join(map(quoted, missing[:3]))}{more}; see --verify-copy)"


def _looked_at(stage: Stage, ran: Ran) -> bool:
    """Whether some process imported a module of the project from the worktree."""
    return any(stage.layout.is_ours(name) for name, _ in ran.modules)


def _refuse_blind(stage: Stage, ran: Ran) -> None:
    """A command that passes whatever stands in the project's files is about something else."""
    layout = stage.layout
    paths = [p for p in layout.project.paths if p.endswith(".py") and not layout.is_test(p)]
    aside = ("conftest.py", "setup.py", "noxfile.py")
    files = {p: _SABOTAGE for p in paths if p.rpartition("/")[2] not in aside}
    if files and stage.run(files, max(_LEAST, 10 * ran.seconds)).code == 0:
        raise VerifyFailed(
            "the command passes even where no module of the project can be imported: it tests something else than the "
            "worktree that it runs in; nothing was delivered"
        )


def _contents(repository: Repository, base: str, paths: Collection[str]) -> Mapping[str, bytes]:
    tree = repository.tree(base)
    blobs = repository.read(tree[path].oid for path in paths)
    return {path: blobs[tree[path].oid] for path in paths}


def _digest(files: Mapping[str, bytes | None]) -> str:
    digest = hashlib.sha256()
    for path, content in sorted(files.items()):
        told = b"-" if content is None else hashlib.sha256(content).digest()
        digest.update(path.encode("utf-8", "surrogateescape") + b"\0" + told)
    return digest.hexdigest()


@dataclass
class _Verification:
    trial: Trial
    items: tuple[Item, ...]
    asked: Asked
    graph: Graph
    base: _Base
    tell: Tell
    found: Found
    excluded: dict[str, Failing] = field(default_factory=dict)

    def verified(self) -> Verified:
        kept = self.items
        try:
            kept = self._quick(kept)
            while kept and (failures := self.trial.whole(_keys(kept))):
                kept = self._without_guilty(kept, failures)
            if not kept and any(not why.tests for why in self.excluded.values()):
                raise Spent
        except Spent:
            kept = self._known_green(kept)
        trial = self.trial
        return Verified(
            kept=_keys(kept),
            excluded=self.excluded,
            set_aside=tuple(sorted(trial.aside)),
            runs=trial.runs,
            narrow=trial.narrow_runs,
            base_runs=self.base.runs + trial.on_base,
            tests=trial.passed,
            notes=tuple(self._notes(kept)),
        )

    def _quick(self, kept: tuple[Item, ...]) -> tuple[Item, ...]:
        """Only the test files that import what changed, where that is a good deal quicker; what passes is not sure yet."""
        ran = self.base.ran
        if not ran.per_test or ran.seconds < QUICK_FROM:
            return kept
        files = self.trial.compose(_keys(kept))
        if _digest(files) in self.base.green:
            return kept
        chosen = self.graph.tests_of(files)
        known = {ran.file_of(test): test.partition("::")[0] for test in ran.tests}
        names = frozenset(known[path] for path in chosen if path in known)
        if not names or len(names) > QUICK_UP_TO * len(known):
            return kept
        self.tell(f"a quick pass: {len(names)} of {len(known)} test files import what changed")
        failures = self.trial.part(_keys(kept), names)
        sure = self.trial.part(_keys(kept), frozenset(failures)) if failures else {}
        return self._without_guilty(kept, sure) if sure else kept

    def _without_guilty(self, kept: tuple[Item, ...], failures: Mapping[str, str]) -> tuple[Item, ...]:
        """The changes without those that make tests fail."""
        if self.asked.all_or_nothing:
            raise VerifyFailed(
                f"{in_words(failures).removesuffix(' with it')}; nothing was delivered (--all-or-nothing)"
            )
        self.tell(f"{in_words(failures).removesuffix(' with it')}; looking for the change that did it")
        trial = self.trial
        names = self._that_fail_alone(kept, failures)
        ordered, ends = self._ordered(kept, failures)

        def seen(chosen: Sequence[Item]) -> Mapping[str, str]:
            return trial.part(_keys(chosen), names) if names else trial.whole(_keys(chosen))

        again = None
        if not names:
            again = lambda chosen: not trial.whole(_keys(chosen), again=True)  # noqa: E731
        found = split(ordered, lambda chosen: not seen(chosen), ends, again)
        for item, together in found.guilty:
            told = seen(together) or failures
            self._exclude(item, told, self._is_alone(item, together, names))
        for item in found.unjudged:
            self.excluded[item.key] = Failing(tests=(), reason=_NOT_JUDGED)
        chosen = _keys(found.kept)
        return tuple(item for item in kept if item.key in chosen)

    def _that_fail_alone(self, kept: tuple[Item, ...], failures: Mapping[str, str]) -> frozenset[str]:
        """The tests that tell good from bad when only they run; none where all tests have to run for that."""
        names = frozenset(failures) - {COMMAND}
        if not names or not self.base.ran.per_test:
            return frozenset()
        alone = frozenset(self.trial.part(_keys(kept), names))
        if not alone:
            return frozenset()
        return alone.difference(self.trial.fail_alone_on_base(alone))

    def _ordered(self, kept: tuple[Item, ...], failures: Mapping[str, str]) -> tuple[list[Item], list[int]]:
        ran, stage = self.base.ran, self.trial.stage
        files = {ran.file_of(name) for name in failures if name != COMMAND}
        places = {"", ran.root, stage.inside}
        return by_suspicion(kept, failures, files, self.graph, places, str(stage.tree.top))

    def _is_alone(self, item: Item, together: Sequence[Item], names: frozenset[str]) -> bool:
        """Whether a change breaks the tests by itself, as far as that can be found out quickly."""
        if len(together) < 2 or not names:
            return True
        try:
            return bool(self.trial.part(frozenset({item.key}), names))
        except Spent:
            return True

    def _exclude(self, item: Item, failures: Mapping[str, str], alone: bool) -> None:
        reason = in_words(failures) + ("" if alone else ", though not by itself: only together with another change")
        self.excluded[item.key] = why = Failing(tests=tuple(sorted(failures)), reason=reason)
        self.found(item.key, why)
        self.tell(f"left out: {line(item.label)}: {reason}")

    def _known_green(self, kept: tuple[Item, ...]) -> tuple[Item, ...]:
        """What is delivered when the budget is spent: the largest set with which the whole command passed."""
        green = self.trial.green
        if green is None:
            raise VerifyFailed(
                "the budget was spent before any set of changes was known to pass; "
                "give more minutes with --verify-budget; nothing was delivered"
            )
        for item in kept:
            if item.key not in green:
                self.excluded.setdefault(item.key, Failing(tests=(), reason=_NOT_JUDGED))
        return tuple(item for item in self.items if item.key in green)

    def _notes(self, kept: tuple[Item, ...]) -> list[str]:
        notes = []
        if self.trial.aside:
            notes.append(f"set aside, they fail without the changes or not always: {_some(self.trial.aside)}")
        if self.trial.gone:
            notes.append(f"gone by a change of their own file: {_some(self.trial.gone)}")
        if self.base.ran.per_test and kept:
            changed = [path for path in self.trial.compose(_keys(kept)) if path.endswith(".py")]
            if unseen := [path for path in changed if path not in self.trial.imported]:
                notes.append(f"no test imports what changed in {_some(unseen)}")
        return notes


def _some(names: Collection[str]) -> str:
    shown = ", ".join(map(line, sorted(names)[:_SHOWN]))
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown


def _keys(items: Sequence[Item]) -> frozenset[str]:
    return frozenset(item.key for item in items)
