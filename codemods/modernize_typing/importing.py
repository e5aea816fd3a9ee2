"""What happens to the typing imports of one file: which move elsewhere, which go, which must stay and why.

Only requirements and freed names are said here; compose makes the edits.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..engine.bindings import Binding, ImportStatement, checking_branch, imported
from ..engine.compose import splice
from ..engine.importing import comments_of, dropped
from ..engine.names import item_of
from ..engine.parsing import whole_words
from ..engine.source import Source, is_docstring
from ..engine.values import Edit, Import, Part
from .actions import Context, Reason, TypeReading
from .names import DEPRECATED, EXTENSIONS, MODULES, MOVED, UNIONS, successor_import
from .strings import evaluated_names


@dataclass(frozen=True)
class TypingImports:
    """The names that typing lends to a file."""

    context: Context
    bindings: Sequence[Binding]
    lines: Sequence[int]  # that hold one

    def immovable(self) -> dict[str, tuple[int, str, str]]:
        """Local names of moved typing names whose import cannot simply change: line, code, reason."""
        found: dict[str, tuple[int, str, str]] = {}
        for binding in self.bindings:
            if item_of(binding).name in MOVED and (reason := self._stays(binding)):
                found.setdefault(binding.name, (binding.line, *reason))
        return found

    def _stays(self, binding: Binding) -> Reason | None:
        name = binding.name
        bindings = self._at_module(name)
        if any(b.dotted.rpartition(".")[0] not in MODULES for b in bindings):
            return "T24-clash", f"{name} has another meaning at module level"
        if any(b.guard in ("try", "except") or (b.guard == "if" and len(bindings) > 1) for b in bindings):
            return "T23-conditional", f"{name} is imported under a condition"
        if self._is_deep(binding):
            return "T23-conditional", f"{name} is imported under a condition that only type checkers see"
        if self._has_comment(binding):
            return "T22-kept", f"a comment belongs to the import of {name}"
        named = successor_import(item_of(binding).name, name).binds == name
        return None if named else ("T24-clash", f"{name} cannot keep its name")

    def _at_module(self, name: str) -> Sequence[Binding]:
        return self.context.names.module.names.get(name, ())

    def moves(self, readings: Iterable[TypeReading], kept: Collection[str]) -> list[Binding]:
        """The imports that change their module: every use of the name was seen and can live with that."""
        used = {name for r in readings for name in r.moved} if "abc" in self.context.choices.parts else set()
        return [b for b in self.bindings if item_of(b).name in MOVED and b.name not in kept and b.name in used]

    def moved(self, moved: Sequence[Binding], group: str) -> Part:
        """One change for all the names of a file that move: their uses keep their text."""
        new = [successor_import(item_of(b).name, b.name) for b in moved]
        modules = " and ".join(sorted({n.module for n in new}))
        return self._part(moved, ("{} comes from " + modules, "{} come from " + modules), group, new)

    def _part(
        self, freed: Sequence[Binding], reasons: tuple[str, str], group: str = "", new: Iterable[Import] = ()
    ) -> Part:
        """A change that frees some names, for new ones in their place: those that only type checkers see stay there.
        The reason is one for a single name, and one for several."""
        names = sorted({b.name for b in freed})
        reason = reasons[len(names) > 1].format(", ".join(names))
        pairs = [*zip(new, freed, strict=False)]
        return Part(
            self.context.file.path,
            min(b.line for b in freed),
            reason,
            (),
            group=group or f"{self.context.file.path}::{reason}",
            frees=tuple(sorted({item_of(b) for b in freed})),
            requires=tuple(sorted({n for n, old in pairs if old.guard != "typing"})),
            instead=tuple(sorted({(n, item_of(old)) for n, old in pairs if old.guard == "typing"})),
        )

    def rest(
        self, readings: Iterable[TypeReading], settled: Collection[str], edits: Iterable[Edit]
    ) -> Iterator[Part | tuple[int, str, str]]:
        """What no expression's change takes care of; and of the names whose fate is not `settled`, the line, code and
        reason of those that stay imported although no type in the file needs them.

        Which go is asked of the text that the other changes make, of all together, for the last name of a statement
        goes with its comments. In most files nothing is left to ask.
        """
        if found := [b for b in self.bindings if self._is_of_typing(b)]:
            new = [Import("typing", item_of(b).name, item_of(b).alias) for b in found]
            yield self._part(found, ("typing itself has {} on every supported Python",) * 2, new=new)
        share, seen = self.context.names.share, self.context.names.seen
        free = [b for b in self.bindings if item_of(b).name in DEPRECATED and b.name not in share.kept]
        after = Source(self.context.file.path, splice(self.context.file, edits))
        held = self._held(after, readings, {b.name: b for b in free if b.name not in settled})
        unused = [b for b in free if b.name not in seen]
        gone = dropped(after, map(item_of, free)) if held or unused else ()
        if unused := [b for b in unused if b.item in gone]:
            told = "imported from typing and not used"
            yield self._part(unused, (f"{{}} is {told}", f"{{}} are {told}"))
        for name, binding in sorted(held.items()):
            if binding.item not in gone:
                code, why = self._holder(after, binding)
                yield binding.line, code, f"{name} stays imported: {why}"

    def _is_of_typing(self, binding: Binding) -> bool:
        """Whether typing itself has a name of typing_extensions, as the same object, on every supported Python."""
        item = item_of(binding)
        since = EXTENSIONS.get(item.name)
        if item.module != "typing_extensions" or since is None or self.context.target < since:
            return False
        plain = [*self._at_module(binding.name)] == [binding] and binding.guard in ("", "typing")
        return plain and not self._has_comment(binding) and not self._is_deep(binding)

    def _is_deep(self, binding: Binding) -> bool:
        """Whether it stands deeper than right under `if TYPE_CHECKING:`, where nothing is put in its place."""
        around = self.context.file.parents[binding.node]
        branch = checking_branch(around, self.context.names.checking)
        return binding.guard == "typing" and not (branch and binding.node in getattr(around, branch))

    def _has_comment(self, binding: Binding) -> bool:
        """Whether a comment keeps a name where it is imported: its own, that of a statement of which nothing stays, or
        any `noqa`, which may be about the very module."""
        file, node = self.context.file, binding.node
        assert isinstance(node, ImportStatement)
        kept, whole = comments_of(file, node)
        number = [i for _, _, i in imported(node)].index(item_of(binding))
        lines = {node.lineno, node.end_lineno or node.lineno, node.names[number].lineno}
        stays = any(a.name not in DEPRECATED | EXTENSIONS.keys() for a in node.names)
        said = any("noqa" in file.line(n).partition("#")[2] for n in lines)
        return said or number in kept or (whole and not stays)

    def _held(
        self, after: Source, readings: Iterable[TypeReading], names: Mapping[str, Binding]
    ) -> dict[str, Binding]:
        """Which of some names may stay for something else than a type: those in types that keep something old have a
        reason of their own."""
        spelled = Counter(whole_words(names).findall(after.text) if names else ())
        for text in self._idle() if names else ():
            spelled.subtract(re.findall(r"\w+", text))
        held = {name: b for name, b in names.items() if spelled[name] > 0 or self._keeps(b)}
        for reading in readings if held else ():
            new = ast.parse(f"({reading.text}\n)", mode="eval").body if reading.text else reading.region.node
            for each in evaluated_names(new):
                if self.context.names.typing(each, reading.region.scope):
                    held.pop(each.id, None)
        return held

    def _idle(self) -> Iterator[str]:
        """What uses none of the names in it: the lines of imports and of docstrings without doctests, comments."""
        file = self.context.file
        for number in self.lines:
            owner, statement = [file.tree, *file.above(number)][-2:]
            quoted = is_docstring(owner, statement) and ">>>" not in file.segment(statement)
            line = file.line(number)
            idle = quoted or isinstance(statement, ImportStatement)
            yield line if idle else "" if "type:" in line else line.partition("#")[2]

    def _holder(self, after: Source, binding: Binding) -> Reason:
        """What keeps an import that no type needs."""
        if any(isinstance(n, ast.Name) and n.id == binding.name for n in ast.walk(after.tree)):
            name = item_of(binding).name
            if name in UNIONS and binding.name in self.context.names.seen:
                return "T13-value", f"{name} itself has no other spelling"
            return "T24-clash", "the name means something else in a part of this file"
        return self._keeps(binding) or ("T22-kept", "__all__ or another string, or a type comment, may need it")

    def _keeps(self, binding: Binding) -> Reason | None:
        """What keeps an import where it is not used."""
        item = item_of(binding)
        if item.alias == item.name:  # from typing import List as List
            return "T22-kept", "it is exported again"
        if binding.guard in ("try", "except"):
            return "T23-conditional", "the import may be there to see if it works"
        if "#" in self._lines(binding):
            return "T22-kept", "a comment belongs to the import"
        return None

    def _lines(self, binding: Binding) -> str:
        """The whole lines of an import statement."""
        last = getattr(binding.node, "end_lineno", binding.line)
        return "".join(map(self.context.file.line, range(binding.line, last + 1)))
