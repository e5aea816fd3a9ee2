"""What can be said of ignore comments only when several codemods have run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from codemods.engine import ignores, registry
from codemods.engine.registry import Spec
from codemods.engine.source import Source
from codemods.engine.values import Skip

from .files import FileWorld
from .outcome import Done


@dataclass
class IgnoreComments:
    """Says each thing of a comment once a run, and at the last step which ones for every codemod hide nothing.

    That can be told only where all codemods of the house run; an installed or local one may need the comment too,
    but who runs all sees its own among them.
    """

    specs: Sequence[Spec]
    _said: set[tuple[str, str]] = field(default_factory=set)
    _worlds: list[tuple[Done, FileWorld]] = field(default_factory=list)

    def judged(self, done: Done, world: FileWorld) -> Done:
        """A step without what an earlier one said of the same file's comments, and with what none can say alone."""
        fresh = [s for s in done.step.skips if s.code != ignores.CODE or (s.path, s.reason) not in self._said]
        self._said |= {(s.path, s.reason) for s in done.step.skips if s.code == ignores.CODE}
        self._worlds.append((done, world))
        if len(self._worlds) == len(self.specs) and registry.built_in() <= {s.where for s in self.specs}:
            fresh = sorted([*fresh, *self._idle()], key=lambda s: (s.path, s.line, s.code, s.reason, s.group))
        return (
            done if len(fresh) == len(done.step.skips) else replace(done, step=replace(done.step, skips=tuple(fresh)))
        )

    def _idle(self) -> Iterator[Skip]:
        """Comments for every codemod that hide nothing from any, at their lines before the first step."""
        first = self._worlds[0][1]
        failed = {path for done, _ in self._worlds for path in done.step.failures}
        paths = [
            p for p in first.search(("codemod",), ("*.py", "*.pyi")) if not first.editable(p) and p not in failed
        ]
        for path, data in first.read(sorted(paths)).items():
            lines = ignores.bare(Source(path, data))
            if (used := self._used(path, len(lines))) is not None:
                yield from (
                    Skip(path, line, ignores.CODE, "this comment hides nothing from any codemod")
                    for rank, line in enumerate(lines)
                    if rank not in used
                )

    def _used(self, path: str, count: int) -> set[int] | None:
        """Which of a file's comments hide something in some step, counted from above; None where steps moved them."""
        used = set()
        for done, world in self._worlds:
            hiding = {line for p, line in done.step.hiding if p == path}
            if hiding:
                now = ignores.bare(Source(path, world.read([path])[path]))
                if len(now) != count or not hiding <= {*now}:
                    return None
                used |= {now.index(line) for line in hiding}
        return used
