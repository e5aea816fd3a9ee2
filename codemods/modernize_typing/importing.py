"""What happens to the typing imports of one file: which move elsewhere, which go, which must stay and why.

Only requirements and freed names are said here; compose makes the edits.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..engine.bindings import ImportStatement, imported
from ..engine.compose import splice
from ..engine.importing import comments_of, dropped
from ..engine.scopes import Scope
from ..engine.source import Source
from ..engine.values import Edit, Import, Part
from .actions import Context, Reason, TypeReading
from .names import DEPRECATED, EXTENSIONS, MODULES, MOVED, UNIONS, successor_import
from .strings import evaluated_names


@dataclass(frozen=True)
class Item:
    """One name that typing lends to this file."""

    local: str
    item: Import
    node: ImportStatement
    scope: Scope
    checking: bool  # only type checkers see it

    @property
    def line(self) -> int:
        return self.node.lineno


@dataclass(frozen=True)
class TypingImports:
    """All of them."""

    context: Context
    items: Sequence[Item]

    def immovable(self) -> dict[str, tuple[int, str, str]]:
        """Local names of moved typing names whose import cannot simply change: line, code, reason."""
        found: dict[str, tuple[int, str, str]] = {}
        for item in self.items:
            if item.item.name in MOVED and (reason := self._stays(item)):
                found.setdefault(item.local, (item.line, *reason))
        return found

    def _stays(self, item: Item) -> Reason | None:
        bindings = self.context.names.module.names.get(item.local, ())
        if any(b.dotted.rpartition(".")[0] not in MODULES for b in bindings):
            return "T24-clash", f"{item.local} has another meaning at module level"
        if any(b.guard in ("try", "except") or (b.guard == "if" and len(bindings) > 1) for b in bindings):
            return "T23-conditional", f"{item.local} is imported under a condition"
        if self._has_comment(item):
            return "T22-kept", f"a comment belongs to the import of {item.local}"
        named = successor_import(item.item.name, item.local).binds == item.local
        return None if named else ("T24-clash", f"{item.local} cannot keep its name")

    def moves(self, readings: Iterable[TypeReading], kept: Collection[str]) -> list[Item]:
        """The imports that change their module: every use of the name was seen and can live with that."""
        used = {name for r in readings for name in r.moved} if "abc" in self.context.choices.only else set()
        return [i for i in self.items if i.item.name in MOVED and i.local not in kept and i.local in used]

    def moved(self, moved: Sequence[Item], group: str) -> Part:
        """One change for all the names of a file that move: their uses keep their text."""
        new = [successor_import(i.item.name, i.local) for i in moved]
        modules = " and ".join(sorted({n.module for n in new}))
        return self._part(moved, lambda names, s: f"{names} come{s} from {modules}", group, new)

    def _part(
        self, items: Sequence[Item], reason: Callable[[str, str], str], group: str = "", new: Iterable[Import] = ()
    ) -> Part:
        """A change that frees some names, for new ones in their place: those that only type checkers see stay there."""
        names = sorted({i.local for i in items})
        why = reason(", ".join(names), "s" * (len(names) == 1))
        pairs = [*zip(new, items, strict=False)]
        return Part(
            self.context.file.path,
            min(i.line for i in items),
            why,
            (),
            group=group or f"{self.context.file.path}::{why}",
            frees=tuple(sorted({i.item for i in items})),
            requires=tuple(sorted({n for n, old in pairs if not old.checking})),
            instead=tuple(sorted({(n, old.item) for n, old in pairs if old.checking})),
        )

    def idle(self, edits: Iterable[Edit]) -> Iterator[Part]:
        """What no expression's change takes care of."""
        if found := [i for i in self.items if self._is_of_typing(i)]:
            new = [Import("typing", i.item.name, i.item.alias) for i in found]
            yield self._part(found, lambda names, _: f"typing itself has {names} on every supported Python", new=new)
        names = [i for i in self._free() if i.local not in self.context.names.seen]
        gone = self._dropped(edits)[1] if names else ()
        if unused := [i for i in names if i.item in gone]:
            told = "is" if len({i.local for i in unused}) == 1 else "are"
            yield self._part(unused, lambda names, _: f"{names} {told} imported from typing and not used")

    def _is_of_typing(self, item: Item) -> bool:
        """Whether typing itself has a name of typing_extensions, as the same object, on every supported Python."""
        since = EXTENSIONS.get(item.item.name)
        if item.item.module != "typing_extensions" or since is None or self.context.target < since:
            return False
        bindings = self.context.names.module.names.get(item.local, ())
        plain = len(bindings) == 1 and bindings[0].guard in ("", "typing") and item.node is bindings[0].node
        return plain and not self._has_comment(item)

    def _has_comment(self, item: Item) -> bool:
        """Whether a comment keeps a name where it is imported: its own, that of a statement of which nothing stays, or
        any `noqa`, which may be about the very module."""
        file, node = self.context.file, item.node
        kept, whole = comments_of(file, node)
        number = [i for _, _, i in imported(node)].index(item.item)
        lines = {node.lineno, node.end_lineno or node.lineno, node.names[number].lineno}
        stays = any(a.name not in DEPRECATED | EXTENSIONS.keys() for a in node.names)
        said = any("noqa" in file.line(n).partition("#")[2] for n in lines)
        return said or number in kept or (whole and not stays)

    def _free(self) -> list[Item]:
        """The deprecated names that no other module takes from here."""
        return [i for i in self.items if i.item.name in DEPRECATED and i.local not in self.context.share.kept]

    def _dropped(self, edits: Iterable[Edit]) -> tuple[Source, frozenset[Import]]:
        """The text that the other changes make, and the deprecated names that compose takes out there: all that go must
        be asked for together, for the last name of a statement goes with its comments."""
        after = Source(self.context.file.path, splice(self.context.file, edits))
        return after, dropped(after, [i.item for i in self._free()])

    def held(
        self,
        readings: Sequence[TypeReading],
        elsewhere: Callable[[set[str], list[ast.expr]], set[str]],
        settled: Collection[str],
        edits: Iterable[Edit],
    ) -> Iterator[tuple[int, str, str]]:
        """Deprecated names that stay imported although no type in the file needs them: line, code and reason.

        `settled` are names whose fate is known, `elsewhere` tells which of some names stand somewhere else than in the
        types. Names in types that keep something old have a reason of their own. Most names are neither, and cost
        nothing here.
        """
        names = {i.local: i for i in self.items if i.item.name in DEPRECATED and i.local not in settled}
        if not names:
            return
        file = self.context.file
        after = " ".join(r.text or file.segment(r.region.node) for r in readings)
        spelled = names.keys() & set(re.findall(r"\w+", after))
        spelled |= elsewhere({*names}, [r.region.node for r in readings])
        held = {n for n, i in names.items() if n in spelled or _is_again(i) or "#" in self._lines(i) or _in_try(i)}
        for reading in readings if held else ():
            new = ast.parse(f"({reading.text}\n)", mode="eval").body if reading.text else reading.region.node
            held -= {n.id for n in evaluated_names(new) if self.context.names.typing(n, reading.region.scope)}
        text, gone = self._dropped(edits) if held else (file, ())
        for local in sorted(held):
            if names[local].item not in gone:
                code, why = self._holder(text, names[local])
                yield names[local].line, code, f"{local} stays imported: {why}"

    def _holder(self, after: Source, item: Item) -> Reason:
        """What keeps an import that no type needs."""
        if any(isinstance(n, ast.Name) and n.id == item.local for n in ast.walk(after.tree)):
            if item.item.name in UNIONS and item.local in self.context.names.seen:
                return "T13-value", f"{item.item.name} itself has no other spelling"
            return "T24-clash", "the name means something else in a part of this file"
        if _is_again(item):
            return "T22-kept", "it is exported again"
        if _in_try(item):
            return "T23-conditional", "the import may be there to see if it works"
        if "#" in self._lines(item):
            return "T22-kept", "a comment belongs to the import"
        return "T22-kept", "__all__ or another string, or a type comment, may need it"

    def _lines(self, item: Item) -> str:
        """The whole lines of an import statement."""
        lines = range(item.line, (item.node.end_lineno or item.line) + 1)
        return "".join(map(self.context.file.line, lines))


def _is_again(item: Item) -> bool:
    """`from typing import List as List`."""
    return item.item.alias == item.item.name


def _in_try(item: Item) -> bool:
    bindings = item.scope.names.get(item.local, ())
    return any(b.guard in ("try", "except") for b in bindings if b.node is item.node)
