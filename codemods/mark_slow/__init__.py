"""Mark the tests that a report shows to be slow, and register the marker."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ..engine.codemod import Codemod, Needles, identifier, join, option, options_as
from ..engine.edits import add_decorator, decorators, definitions, drop_decorator, used_imports
from ..engine.known import Known, Wants
from ..engine.names import Names
from ..engine.source import Definition, Source
from ..engine.values import Change, Import, Part, Safety, Skip
from ..facts.origins import Libraries
from ..facts.suite.requests import LIBRARIES
from ..facts.suite.scan import scan
from .planner import Options, Planned, Planner, Scanned, Todo
from .register import registered


@dataclass(frozen=True)
class MarkSlow(Codemod):
    """Mark the tests that a report shows to be slow, and register the marker.

    `--report` is a JUnit XML file (`pytest --junit-xml=FILE`), the output of `pytest --durations=0`
    or the file of pytest-json-report. Setup, call and teardown count together. Of a parametrized
    or inherited test one slow case is enough, unless `--all-cases` asks for all.

    The mark becomes the first decorator; above `@staticmethod` and `@classmethod` that needs pytest
    8.4. Where the pytest configuration in force does not know the marker, a line in it is part of
    the run. A test that carries the marker already, itself or through its class or module, is left
    alone. With `--prune`, marks go from tests all of whose cases ran and were fast. A test that the
    report names and nobody finds is reported.

    Safe: a mark changes nothing until `pytest -m "not slow"` asks for it.
    """

    libraries: ClassVar[Libraries] = Libraries(LIBRARIES)
    codes: ClassVar[Mapping[str, str]] = {
        "A80-gone": "the report names a test that is not there any more",
        "A81-ambiguous": "several files may be meant by a name in the report",
        "A82-not-registered": "the marker cannot be added to the pytest configuration",
        "A83-shared-mark": "the mark of a test that became fast cannot be removed alone",
        "A84-name-taken": "the name that the mark needs means something else there",
    }

    report: str = option(help="JUnit XML, output of pytest --durations=0, or pytest-json-report", metavar="PATH")
    threshold: float = option(1.0, help="seconds above which a test is slow", metavar="SECONDS", least=0)
    marker: str = option("slow", help="the marker's name", metavar="NAME")
    all_cases: bool = option(False, help="mark a test only when all of its cases are slow, not when any is")
    prune: bool = option(False, help="remove the mark from tests that became fast")

    def __post_init__(self) -> None:
        identifier("marker", self.marker)

    def needles(self) -> Needles:
        return Needles(edit=("def",), scan=False)  # the report says later which files matter

    def scan(self, file: Source) -> Scanned:
        return Scanned(tests=scan(file), registers=registered(file.text))

    def wants(self, known: Known) -> Wants:
        if self.report not in known.reports:
            return Wants(reports=[self.report])
        return Wants(paths=known.once(Planner, options_as(self, Options)).wanted())

    def decide(self, known: Known, targets: Collection[str]) -> Planned:
        return known.once(Planner, options_as(self, Options)).decisions(targets)

    def find(self, file: Source, mine: tuple[Todo, ...]) -> Iterator[Part | Skip]:
        names, nodes = file.once(Names), definitions(file)
        dotted = f"pytest.mark.{self.marker}"
        for todo in mine:
            node = nodes[todo.line]
            if not todo.slow:
                yield _prune(file, names, node, todo, dotted)
            elif (reference := names.reference(dotted, Import("pytest"), at=node)) is None:
                yield Skip(file.path, node.lineno, "A84-name-taken", "the name `pytest` means something else here")
            else:
                edit = add_decorator(file, node, reference.text)
                yield Part(file.path, node.lineno, todo.reason, (edit,), requires=reference.requires)

    def settle(self, parts: Sequence[Part], decisions: Planned) -> Iterator[Change | Skip]:
        """The marks, and one change for each configuration that has to know the marker for them."""
        yield from join(self.name, parts)
        needed = {config for part in parts for config in decisions.needs.get((part.path, part.line), ())}
        for path in sorted(needed):
            edit = decisions.registrations[path]
            reason = f"register the marker {self.marker}"
            part = Part(path, 1, reason, (edit,))
            yield Change(self.name, f"{path}::register {self.marker}", reason, Safety.SAFE, (part,))


def _prune(file: Source, names: Names, node: Definition, todo: Todo, dotted: str) -> Part | Skip:
    found = decorators(names, node, dotted)
    edit = drop_decorator(file, found[0]) if len(found) == 1 else None
    if edit is None:
        reason = f"{todo.reason}, but its mark is an alias, or a comment stands beside it"
        return Skip(file.path, node.lineno, "A83-shared-mark", reason)
    return Part(file.path, node.lineno, todo.reason, (edit,), frees=used_imports(names, found[0]))
