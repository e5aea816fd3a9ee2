"""What the drafted changes become: jobs for `find`, and skips that say why the others are left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..engine.values import Skip
from ..facts.suite.nodes import NamePlace
from .changes import Draft, Job, Options, Plan
from .groups import Groups
from .locate import File
from .unresolved import Unresolved


class Result:
    """The plan of all changes."""

    def __init__(self, files: Mapping[str, File], groups: Groups, changes: Iterable[Draft], options: Options) -> None:
        self.files, self.fixtures, self.changes, self.options = files, groups.fixtures, list(changes), options
        self.old, self.new = options.old, options.new

    def plan(self, unresolved: Unresolved) -> Plan:
        jobs = {path: list(found) for path, found in unresolved.jobs.items()}
        skips = list(unresolved.skips)
        for group in self.changes:
            if not self._wanted(group) or self._only_aliases(group):
                continue
            if group.blocks:
                skips += self._blocked(group)
                continue
            skips += [Skip(p, line, code, reason) for p, (line, code, reason) in dict.fromkeys(group.notes)]
            extra = list(dict.fromkeys([*group.unsafe, *group.info]))
            reason = f"rename the fixture {self.old} to {self.new}" + "".join(f"; {e}" for e in extra[:3])
            for path, edits in group.edits.items():
                if edits:
                    ordered = tuple(sorted(set(edits)))
                    line = group.line if path == group.path else 0
                    jobs.setdefault(path, []).append(
                        Job(
                            group.key,
                            line,
                            reason,
                            ordered,
                            bool(group.unsafe),
                            group.frees.get(path, ()),
                            group.merged,
                        )
                    )
        self._add_docs(jobs)
        return Plan({p: tuple(found) for p, found in jobs.items()}, tuple(skips))

    def _blocked(self, group: Draft) -> Iterator[Skip]:
        """One skip per file and reason, one per line and code, and one for each definition that has none near it."""
        reasons: set[tuple[str, str]] = set()
        lines: set[tuple[str, int, str]] = set()
        for path, (line, code, reason) in sorted(group.blocks):
            if (path, reason) not in reasons and (path, line, code) not in lines:
                yield Skip(path, line, code, reason, group.key)
            reasons.add((path, reason))
            lines.add((path, line, code))
        where, (first, code, reason) = min(group.blocks)
        places = sorted({(k.path, k.test.line) for k in group.known})
        for path, line in places:
            several = sum(p == path for p, _ in places) > 1
            if not any(p == path and (n == line or not several) for p, n, _ in lines):
                yield Skip(path, line, code, f"it is one change with what {where}:{first} says: {reason}", group.key)

    def _add_docs(self, jobs: dict[str, list[Job]]) -> None:
        """Documentation goes with the change where there is only one that it can mean."""
        grouped = {j.group: j for found in jobs.values() for j in found if j.group}
        for path, file in self.files.items():
            mine = [j for j in jobs.get(path, ()) if j.group] or list(grouped.values())
            if file.docs and len({j.group for j in mine}) == 1:
                job = mine[0]
                jobs.setdefault(path, []).append(Job(job.group, 0, job.reason, file.docs, job.unsafe))

    def _wanted(self, group: Draft) -> bool:
        wanted = self.options.definition
        if not wanted:
            return True
        path, _, rest = wanted.partition("::") if "::" in wanted else wanted.partition(":")
        return any(
            b[0] == path and (not rest or b[1] == rest.replace("::", ".") or (rest.isdigit() and int(rest) in self._lines(b)))
            for b in group.bindings
        )  # fmt: skip

    def _lines(self, binding: NamePlace) -> Iterator[int]:
        path, owner, attribute = binding
        bound = (
            self.files[path].bounds.get(attribute if attribute[0] == "@" else owner) if path in self.files else None
        )
        yield from bound.defined if bound else ()
        yield from (k.test.line for c in self.changes for k in c.known if k.binding == binding and k.path == path)

    def _only_aliases(self, group: Draft) -> bool:
        """What --keep-alias left: `def OLD(NEW): return NEW` beside NEW."""
        return all(
            known.requests == (self.new,) and (d := self.files[known.path].definitions.get(known.test.line)) is not None
            and d.returns == self.new and self.fixtures.at_node(known.node).get(self.new)
            for known in group.known
        )  # fmt: skip
