"""One file from its regions to its changes."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from ..base import Edit, Part, Safety, Skip, Unreadable
from ..source import Source
from . import comments, importing, introspection, ruffpass, values
from .actions import Reading, Region
from .facts import SUBMODULE, Share, has_future
from .locate import Locator, hit_lines
from .names import DEPRECATED, MODULES
from .newer import newer_syntax
from .operands import Operands
from .reading import Reader, Rules
from .references import References
from .scopes import Scopes
from .strings import evaluated_names

if TYPE_CHECKING:
    from . import ModernizeTyping

PARTS = ("585", "604", "abc", "imports", "quotes")
_RELATIONSHIPS = frozenset({"Relationship", "relationship"})
_VALUE = "the type is used as a value"
Kept = dict[str, tuple[int, str, str]]  # local name → line, code, reason


class Work:
    """Reads a file's regions until it is settled which imports move, then says what changes."""

    def __init__(self, options: ModernizeTyping, file: Source, share: Share) -> None:
        self.options = options
        self.file = file
        self.share = share
        self.only = frozenset(options.only or PARTS) - ({"imports", "abc"} if options.imports == "none" else set())
        self.stub = file.path.endswith(".pyi")
        self.future = has_future(file.text)

    def results(self) -> Iterator[Part | Skip]:
        for match in SUBMODULE.finditer(self.file.text):
            reason = "Python 3.13 has no typing.io and typing.re: import from typing or re"
            yield Skip(self.file.path, self.file.line_of(match.end()), "T30-report", reason)
        lines = hit_lines(self.file, "quotes" in self.only and (self.future or self.stub))
        if not lines and "typing_extensions" not in self.file.text:
            return
        if self.share.target is None:
            if any(m in self.file.text for m in MODULES):
                yield Skip(self.file.path, 1, "T00-target", "no requires-python is near; say --target-version 3.X")
            return
        if found := None if self.stub else newer_syntax(self.file, self.share.target):
            line, since = found
            low = "{}.{}".format(*self.share.target)
            reason = "newer-syntax: this line needs Python {}.{}, the project supports {}".format(*since, low)
            yield Skip(self.file.path, line, "T28-newer-syntax", reason)
            return
        self.scopes = Scopes(self.file)
        operands = Operands(self.scopes, self.share, self.file.text)
        rules = Rules(
            self.share.target, self.share, self.only, self.options.introspection, self.options.fix_callable,
            self.stub, self.future,
        )  # fmt: skip
        self.reader = Reader(self.file, self.scopes, operands, References(self.scopes), rules)
        helpers = frozenset(self.options.forward_ref_helpers)
        self.locator = Locator(self.file, self.scopes, operands, lines, self.future, helpers)
        regions = [*self.locator.regions(), *comments.regions(self.file, self.scopes)]
        yield from self._changes(*self._settled(regions))
        if self.options.introspection == "patch":
            yield from introspection.patches(self.file, self.scopes)

    @cached_property
    def items(self) -> list[importing.Item]:
        return list(importing.items(self.locator.imports))

    # ---- reading ---------------------------------------------------------------------------------

    def _settled(self, regions: list[Region]) -> tuple[list[Reading], dict[int, str], Kept]:
        """Readings, the new text of those that have one, and the names that must stay typing's.

        A name that must stay changes other readings, so this goes round until nothing is new.
        """
        self.handed = values.handed(self.file, regions)
        kept: Kept = importing.immovable(self.file, self.scopes, self.items)
        if "abc" not in self.only:
            kept |= {i.local: (i.line, "", "") for i in self.items}
        readings = [self._read(r, frozenset(kept)) for r in regions]
        while True:
            texts = {}
            new: Kept = {}
            for index, reading in enumerate(readings):
                for local, (code, why) in reading.stuck.items():
                    new.setdefault(local, (reading.region.node.lineno, code, why))
                if reading.actions and (text := self._text(reading)) is not None:
                    texts[index] = text
                elif reading.actions:
                    new |= dict.fromkeys(
                        reading.needs_move, (reading.region.node.lineno, "T25-comment", "a use of it")
                    )
            new = {n: v for n, v in new.items() if n not in kept}
            if not new:
                return readings, texts, kept
            kept |= new
            readings = [self._read(r.region, frozenset(kept)) if r.moved & new.keys() else r for r in readings]

    def _read(self, region: Region, kept: frozenset[str]) -> Reading:
        reading = self.reader.read(region, kept)
        if region.role == "value":
            if self.options.runtime_values:
                reading.unsafe = _VALUE
                return reading
            stuck = dict.fromkeys(reading.moved - kept, ("T13-value", _VALUE))
            return Reading(
                region, skips=[(region.node.lineno, "T13-value", _VALUE)], moved=reading.moved, stuck=stuck
            )
        if reading.actions and self._is_relationship(region):
            skip = (region.node.lineno, "T05-relationship", "the mapper reads this annotation itself")
            return Reading(region, skips=[skip], moved=reading.moved)
        if (reading.actions or reading.moved) and (line := values.same_as(region, self.handed)):
            why = f"line {line} uses the same type as a value"
            if not self.options.runtime_values:
                stuck = dict.fromkeys(reading.moved - kept, ("T13-value", why))
                return Reading(
                    region, skips=[(region.node.lineno, "T13-value", why)], moved=reading.moved, stuck=stuck
                )
            reading.unsafe = why
        for node in reading.values:  # metadata of Annotated and the like: never touched
            for inner in self.locator.values(node, region.statement, region.place):
                found = self.reader.read(inner, kept)
                if found.actions or found.moved or found.skips:
                    reading.skips.append((inner.node.lineno, "T13-value", _VALUE))
                    reading.moved |= found.moved
                    reading.stuck.update(dict.fromkeys(found.moved - kept, ("T13-value", _VALUE)))
        return reading

    def _is_relationship(self, region: Region) -> bool:
        """`team: Optional["Team"] = Relationship()`: SQLModel takes the annotation apart itself (T5)."""
        match region.statement:
            case ast.AnnAssign(value=ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name))):
                return region.role == "annotation" and name in _RELATIONSHIPS
        return False

    def _text(self, reading: Reading) -> str | None:
        """The region's new text: ruff's where it agrees, else the finisher's. None with a skip where there is none."""
        if self._ruff and (text := ruffpass.agreed(self.file, reading, self._ruff)) is not None:
            return text
        from .finisher import Unsupported, finish

        try:
            return finish(self.file, reading)
        except (Unsupported, Unreadable) as error:
            reading.skips.append((reading.region.node.lineno, "T25-comment", str(error)))
            return None

    @cached_property
    def _ruff(self) -> dict[tuple[int, int], str]:
        return ruffpass.by_span(self.file, self.share.edits or ())

    # ---- changes ---------------------------------------------------------------------------------

    def _changes(self, readings: list[Reading], texts: dict[int, str], kept: Kept) -> Iterator[Part | Skip]:
        moved = importing.moves(self.items, readings, frozenset(kept), self.only)
        names = {i.local for i in moved}
        group = f"{self.file.path}::import {', '.join(sorted(names))}"
        edits: list[Edit] = []
        for index, reading in enumerate(readings):
            if index in texts:
                part = self._part(reading, texts[index], group if reading.needs_move & names else "")
                edits += part.edits
                if part.edits:
                    yield part
        if moved:
            yield importing.moved_part(self.file, moved, group)
        yield from self._imports(edits)
        yield from self._skips(readings, kept)
        yield from self._held(readings, texts, edits, names | kept.keys() | self.share.kept)
        yield from self._from_star(readings)

    def _held(
        self, readings: list[Reading], texts: dict[int, str], edits: list[Edit], settled: set[str] | frozenset[str]
    ) -> Iterator[Skip]:
        """Imports that stay although no type needs them, with what holds them."""
        items = [i for i in self.items if i.local not in settled]
        if "imports" not in self.only or not items:
            return

        def left() -> set[str]:
            found = set()
            for index, reading in enumerate(readings):
                node, place = reading.region.node, reading.region.place
                new = ast.parse(f"({texts[index]}\n)", mode="eval").body if index in texts else node
                found |= {n.id for n in evaluated_names(new) if self.scopes.typing(n, place)}
            return found

        locals_ = {i.local for i in items}
        after = (texts.get(i) or self.file.segment(r.region.node) for i, r in enumerate(readings))
        spelled = locals_.intersection(re.findall(r"\w+", " ".join(after)))
        spelled |= self.locator.elsewhere(locals_, [r.region.node for r in readings])
        for item, code, why in importing.held(self.file, self.scopes, items, edits, spelled, left):
            yield Skip(self.file.path, item.line, code, f"{item.local} stays imported: {why}")

    def _from_star(self, readings: list[Reading]) -> Iterator[Skip]:
        """Names that would move if a star import did not bring them."""
        known = {i.local for i in self.items}
        seen: set[str] = set()
        for reading in readings:
            for name in sorted(reading.moved - known - seen):
                seen.add(name)
                why = f"{name} stays typing's: a star import brings it"
                yield Skip(self.file.path, reading.region.node.lineno, "T22-kept", why)

    def _part(self, reading: Reading, text: str, group: str) -> Part:
        start, end = self.file.span(reading.region.node)
        old = self.file.text[start:end]
        frees = importing.without_kept(reading.frees, self.share) if "imports" in self.only else ()
        return Part(
            self.file.path,
            reading.region.node.lineno,
            _reason(reading),
            () if text == old else (Edit(self.file.path, start, end, text),),
            Safety.UNSAFE if reading.unsafe else Safety.SAFE,
            group,
            tuple(sorted(reading.requires)),
            frees,
            deletes_comments=reading.region.role == "comment",
        )

    def _imports(self, edits: list[Edit]) -> Iterator[Part]:
        """Imports that no expression's change takes care of."""
        if "imports" not in self.only or self.share.target is None:
            return
        if found := importing.extensions(self.file, self.scopes, self.items, self.share.target):
            yield importing.extension_part(self.file, found)
        if idle := importing.unused(self.file, self.scopes, self.items, self.share, edits):
            names = ", ".join(sorted({i.local for i in idle}))
            yield Part(
                self.file.path,
                min(i.line for i in idle),
                f"{names} {'is' if len(idle) == 1 else 'are'} imported from typing and not used",
                (),
                group=f"{self.file.path}::unused {names}",
                frees=tuple(sorted({i.item for i in idle})),
            )

    def _skips(self, readings: list[Reading], kept: Kept) -> Iterator[Skip]:
        path = self.file.path
        target: Counter[str] = Counter()
        first = 0
        for reading in readings:
            for line, code, reason in reading.skips:
                if code == "T00-target":  # one for the file: these come by the hundred
                    first = min(first or line, line)
                    target[reason] += 1
                else:
                    yield Skip(path, line, code, reason)
        for local, (line, code, reason) in kept.items():
            if code == "T00-target":
                first = min(first or line, line)
                target[reason] += 1
            elif code:
                yield Skip(path, line, code, f"{local} stays typing's: {reason}")
        for reason, count in target.items():
            yield Skip(path, first, "T00-target", f"{reason}" + (f" ({count} times)" if count > 1 else ""))
        for item in self.items:
            if item.item.name in DEPRECATED and item.local in self.share.kept and item.local not in kept:
                yield Skip(path, item.line, "T22-kept", f"other modules import {item.local} from here")
        for name in sorted(self.share.lent):
            for binding in self.scopes.module.names.get(name, ()):
                yield Skip(
                    path, binding.line, "T22-kept", f"{name} comes from typing through a module of the project"
                )


def _reason(reading: Reading) -> str:
    found = [text for part, text in _REASONS if part in reading.parts]
    if reading.parts == {"quotes"}:
        found = ["no quotes where nothing evaluates the annotation"]
    text = ", ".join(found) or "current typing syntax"
    if reading.quote:
        text += ", in quotes for the forward reference in it"
    return f"{text} ({reading.unsafe})" if reading.unsafe else text


_REASONS = (
    ("604", "X | Y for Optional and Union"),
    ("585", "builtin generics"),
    ("abc", "names from their own modules"),
)
