"""What the drafted changes become: jobs for `find`, and skips that say why the others are left alone. With them, what
becomes of requests of OLD that nothing in the project defines, and of bodies that use it without a request."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..engine.known import Decisions
from ..engine.values import Skip
from ..facts.suite.collect import Item, chain
from ..facts.suite.resolve import Suite
from .groups import Groups, Owner
from .values import Draft, Edits, Job, Options, Site


def plugin_of(suite: Suite, options: Options, name: str, path: str) -> str:
    """Whose fixture the name is for tests in or below a file's folder, beside the project's own; "" for nobody's."""
    given = name in options.plugin_fixture
    return "a plugin named by --plugin-fixture" if given else suite.fixtures.plugin_of(name, path)


class Result:
    """The plan of all changes. `filled` are requests that every test fills by parametrize."""

    def __init__(self, groups: Groups, changes: Iterable[Draft], options: Options, filled: Collection[Owner]) -> None:
        self.files, self.groups, self.options = groups.files, groups, options
        self.old, self.new = options.old, options.new
        self.jobs: dict[str, list[Job]] = {}
        self.skips: list[Skip] = []
        self._requests(filled)
        self._free_names()
        for group in changes:
            if self._wanted(group) and not self._only_aliases(group):
                self._add(group)
        self._add_docs()

    def decisions(self) -> Decisions:
        return Decisions(
            by_path={path: tuple(found) for path, found in self.jobs.items()},
            skips=tuple(self.skips),
            groups={path: [job.group for job in found if job.group] for path, found in self.jobs.items()},
        )

    # ---- the changes -----------------------------------------------------------------------

    def _add(self, group: Draft) -> None:
        if group.blocks:
            self.skips += self._blocked(group)
            return
        self.skips += [Skip(p, line, code, reason) for p, (line, code, reason) in dict.fromkeys(group.notes)]
        extra = list(dict.fromkeys([*group.unsafe, *group.info]))
        reason = f"rename the fixture {self.old} to {self.new}" + "".join(f"; {e}" for e in extra[:3])
        for path, edits in group.edits.items():
            if edits:
                ordered = tuple(sorted(set(edits)))
                line = group.line if path == group.path else 0
                frees = group.frees.get(path, ())
                job = Job(group.key, line, reason, ordered, bool(group.unsafe), frees, group.merged)
                self.jobs.setdefault(path, []).append(job)

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

    def _add_docs(self) -> None:
        """Documentation goes with the change where there is only one that it can mean."""
        grouped = {j.group: j for found in self.jobs.values() for j in found if j.group}
        for path, file in self.files.items():
            mine = [j for j in self.jobs.get(path, ()) if j.group] or list(grouped.values())
            if file.docs and len({j.group for j in mine}) == 1:
                job = mine[0]
                self.jobs.setdefault(path, []).append(Job(job.group, 0, job.reason, file.docs, job.unsafe))

    def _wanted(self, group: Draft) -> bool:
        """Whether it holds the definition that --definition asks for."""
        path, colons, rest = self.options.definition.partition("::")
        if not colons:
            path, _, rest = path.partition(":")
        mine = [binding for binding in group.bindings if binding[0] == path]
        names = {owner for _, owner, _ in mine} | {str(n) for b in mine for n in self.groups.bound(b).defined}
        names |= {str(k.test.line) for k in group.known if k.path == path and k.binding in mine}
        return not path or bool(mine and (not rest or rest.replace("::", ".") in names))

    def _only_aliases(self, group: Draft) -> bool:
        """What --keep-alias left: `def OLD(NEW): return NEW` beside NEW."""
        return all(
            known.test.requests == (self.new,) and (d := self.files[known.path].definitions.get(known.test.line)) is not None
            and d.returns == self.new and self.groups.fixtures.at_node(known.node).get(self.new)
            for known in group.known
        )  # fmt: skip

    # ---- what nothing defines --------------------------------------------------------------

    def _requests(self, filled: Collection[Owner]) -> None:
        of_plugins: dict[str, list[tuple[int, str]]] = {}
        for (path, owner), item in self.groups.dangling.items():
            file = self.files.get(path)
            sites = [s for s in file.sites if s.owner == owner and s.kind in ("param", "text")] if file else []
            if not sites or (path, owner) in filled:
                continue
            if plugin := plugin_of(self.groups.suite, self.options, self.old, path):
                of_plugins.setdefault(path, []).append((sites[0].line, plugin))
            elif self._resolves(path, owner, sites, item):
                reason = f"request {self.new} where {self.old} is defined nowhere"
                self._fix(path, sites[0].line, reason, tuple(e for s in sites for e in s.edits))
            else:
                reason = f"nothing that can be seen here defines the fixture {self.old!r}"
                self._skip(path, sites[0].line, "F15-dangling", reason)
        for path, found in of_plugins.items():
            line, plugin = min(found)
            more = f" ({len(found)} requests in this file)" if len(found) > 1 else ""
            self._skip(path, line, "F13-plugin", f"{self.old!r} is {plugin}'s fixture{more}")

    def _resolves(self, path: str, owner: str, sites: list[Site], item: Item | None) -> bool:
        """Whether --fix-dangling may let a request ask for NEW."""
        if not self.options.fix_dangling or any(s.hazards for s in sites) or (path, owner) in self.groups.filled:
            return False
        fixtures = self.groups.fixtures
        return bool(fixtures.visible(self.new, item.chain if item else chain(fixtures.home(path))))

    def _free_names(self) -> None:
        for path, scanned in self.groups.suite.files.items():
            for site in self.files[path].sites if not scanned.stars else ():
                owner = (path, site.owner)
                test = self.groups.functions.get(owner) if site.kind == "free" else None
                if test is None or (test.fixture is None and owner not in self.groups.collected):
                    continue
                if self.options.fix_dangling and self.new in test.requests and not site.hazards:
                    reason = f"use {self.new}, which is requested, where {self.old} is undefined"
                    self._fix(path, site.line, reason, site.edits)
                else:
                    reason = f"{self.old!r} is used but not requested, and nothing defines it"
                    self._skip(path, site.line, "F16-free-name", reason)

    def _skip(self, path: str, line: int, code: str, reason: str) -> None:
        if not self.options.definition:
            self.skips.append(Skip(path, line, code, reason))

    def _fix(self, path: str, line: int, reason: str, edits: Edits) -> None:
        self.jobs.setdefault(path, []).append(Job("", line, reason, tuple(sorted(set(edits)))))
