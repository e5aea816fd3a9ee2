"""The facts of a file as they are on the Pythons of its project: what never holds there is gone.

What always holds loses its condition, so a condition that is left means "sometimes". A fact that only
sometimes takes a test away (`__init__`, `__test__ = False`) does not hold, one that only sometimes gives
it does: the test may be collected, and a mark on one that is not does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ...engine.conditions import NEVER, When, decide, either
from ...engine.python import Pythons
from .tests import Fixture, Ignored, Mark, Test, TestClass, TestFile


@dataclass(frozen=True)
class Decider:
    """What files state on some Pythons."""

    pythons: Pythons

    def file(self, file: TestFile) -> TestFile:
        return replace(
            file,
            tests=tuple(map(self._test, file.tests)),
            classes=tuple(self._class(c) for c in file.classes if self._may(c.when)),
            marks=self._marks(file.marks),
            held={n: marks for n, m in file.held.items() if (marks := self._marks(m))},
            flag=self._flag(file.flags),
            # of the names that several imports bind, the first that may hold
            imports=file.imports | {local: d for local, d, when in reversed(file.imports_if) if self._may(when)},
            stars=tuple(s for s in file.stars if all(self._may(when) for name, when in file.stars_if if name == s)),
            plugins=(*file.plugins, *(name for name, when in file.plugins_if if self._may(when))),
            hook_when=self._left(file.hook_when),
            ignored=self._ignored(file.ignored),
            ignored_globs=self._ignored(file.ignored_globs),
        )

    def _may(self, when: When) -> bool:
        return when is None or decide(when, self.pythons) is not False

    def _left(self, when: When) -> When:
        """What is left of a condition: None where it always holds, NEVER where it never does."""
        holds = when is None or decide(when, self.pythons)
        return None if holds else NEVER if holds is False else when

    def _marks(self, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
        """The marks that may hold. One that stands in every branch holds for sure."""
        if all(m.when is None for m in marks):
            return marks
        found = [m if m.when is None else replace(m, when=self._left(m.when)) for m in marks if self._may(m.when)]
        sure = {m.name for m in found if decide(either(o.when for o in found if o.name == m.name), self.pythons)}
        return tuple(replace(m, when=None) if m.when and m.name in sure else m for m in found)

    def _test(self, test: Test) -> Test:
        kinds = test.fixture.kinds if test.fixture else ()
        if not (test.when or test.flags or kinds or any(m.when for m in test.marks)):
            return test
        return replace(
            test,
            marks=self._marks(test.marks),
            fixture=self._fixture(test.fixture) if test.fixture else None,
            flag=self._flag(test.flags),
            when=self._left(test.when),
        )

    def _fixture(self, fixture: Fixture) -> Fixture:
        """Of several kinds that it may be, that of the plugin: then nothing has to be changed."""
        kinds = list(dict.fromkeys(kind for kind, when in fixture.kinds if self._may(when)))
        if not kinds:
            return fixture
        kind = "pytest_asyncio" if "pytest_asyncio" in kinds else kinds[0]
        return replace(fixture, kind=kind, direct=fixture.direct and len(kinds) == 1)

    def _class(self, cls: TestClass) -> TestClass:
        return replace(
            cls,
            bases=(*cls.bases, *(name for name, when in cls.bases_if if self._may(when))),
            marks=self._marks(cls.marks),
            init_when=self._left(cls.init_when),
            flag=self._flag(cls.flags),
            when=self._left(cls.when),
        )

    def _flag(self, flags: Iterable[tuple[bool, When]]) -> bool | None:
        found = None
        for value, when in flags:
            holds = decide(when, self.pythons)
            if holds or (value and holds is None):
                found = value
        return found

    def _ignored(self, ignored: Ignored | None) -> Ignored | None:
        if ignored is None or not self._may(ignored.when):
            return None
        entries = tuple((text, self._left(when)) for text, when in ignored.entries if self._may(when))
        return Ignored(entries, self._left(ignored.when))
