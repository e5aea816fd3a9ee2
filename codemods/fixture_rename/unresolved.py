"""Requests of OLD that nothing in the project defines, and bodies that use it without a request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..engine.values import Skip
from ..facts.suite.collect import Item
from ..facts.suite.resolve import Suite
from .changes import Job, Options
from .groups import Groups, Owner
from .locate import File
from .texts import Site


def plugin_of(suite: Suite, options: Options, name: str, path: str) -> str:
    """Whose fixture the name is for tests in or below a file's folder, beside the project's own; "" for nobody's."""
    return (
        "a plugin named by --plugin-fixture"
        if name in options.plugin_fixture
        else suite.fixtures.plugin_of(name, path)
    )


class Unresolved:
    """The skips, and with --fix-dangling the edits. `filled` are requests that every test fills by parametrize."""

    def __init__(self, files: Mapping[str, File], groups: Groups, options: Options, filled: set[Owner]) -> None:
        self.files, self.groups, self.options = files, groups, options
        self.old, self.new = options.old, options.new
        self.skips: list[Skip] = []
        self.jobs: dict[str, list[Job]] = {}
        self._requests(filled)
        self._free_names()

    def _requests(self, filled: set[Owner]) -> None:
        of_plugins: dict[str, list[tuple[int, str]]] = {}
        for (path, owner), item in self.groups.dangling.items():
            file = self.files.get(path)
            sites = [s for s in file.sites if s.owner == owner and s.kind in ("param", "text")] if file else []
            if not sites or (path, owner) in filled:
                continue
            if plugin := plugin_of(self.groups.suite, self.options, self.old, path):
                of_plugins.setdefault(path, []).append((sites[0].line, plugin))
            elif not self._fix(path, owner, sites, item):
                self._skip(
                    path,
                    sites[0].line,
                    "F15-dangling",
                    f"nothing that can be seen here defines the fixture {self.old!r}",
                )
        for path, found in of_plugins.items():
            line, plugin = min(found)
            more = f" ({len(found)} requests in this file)" if len(found) > 1 else ""
            self._skip(path, line, "F13-plugin", f"{self.old!r} is {plugin}'s fixture{more}")

    def _fix(self, path: str, owner: str, sites: list[Site], item: Item | None) -> bool:
        if not self.options.fix_dangling or any(s.hazards for s in sites) or (path, owner) in self.groups.filled:
            return False
        fixtures = self.groups.fixtures
        nodes = item.chain if item else self.groups.above(fixtures.home(path))
        if not fixtures.visible(self.new, nodes):
            return False
        reason = f"request {self.new} where {self.old} is defined nowhere"
        self._job(path, sites[0].line, reason, [e for s in sites for e in s.edits])
        return True

    def _free_names(self) -> None:
        tests = {(i.where, f"f{i.test.line}") for i in self.groups.items}
        for path, scanned in self.groups.suite.files.items():
            free = [s for s in self.files[path].sites if s.kind == "free"] if not scanned.stars else []
            known = {f"f{t.line}": t for t in scanned.tests if free and not t.nested}
            for site in free:
                function = known.get(site.owner)
                if function is None or (function.fixture is None and (path, site.owner) not in tests):
                    continue
                if self.options.fix_dangling and self.new in function.requests and not site.hazards:
                    self._job(
                        path,
                        site.line,
                        f"use {self.new}, which is requested, where {self.old} is undefined",
                        site.edits,
                    )
                else:
                    self._skip(
                        path,
                        site.line,
                        "F16-free-name",
                        f"{self.old!r} is used but not requested, and nothing defines it",
                    )

    def _skip(self, path: str, line: int, code: str, reason: str) -> None:
        if not self.options.definition:
            self.skips.append(Skip(path, line, code, reason))

    def _job(self, path: str, line: int, reason: str, edits: Iterable[tuple[int, int, str]]) -> None:
        self.jobs.setdefault(path, []).append(Job("", line, reason, tuple(sorted(set(edits)))))
