"""What happens to the typing imports of one file: which move elsewhere, which go, which must stay and why.

Only requirements and freed names are said here; compose makes the edits.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict

from ..engine.bindings import imported
from ..engine.compose import splice
from ..engine.importing import comments_of, dropped
from ..engine.source import Source
from ..engine.values import Edit, Import, Part
from .actions import TypeReading
from .facts import Share
from .locate import ImportSeen
from .names import DEPRECATED, EXTENSIONS, MODULES, MOVED, UNIONS, Version, successor_import
from .references import TypingNames


@dataclass(frozen=True)
class Item:
    """One name that typing lends to this file."""

    local: str
    item: Import
    seen: ImportSeen

    @property
    def line(self) -> int:
        return self.seen.node.lineno


def items(imports: Iterable[ImportSeen]) -> Iterator[Item]:
    for seen in imports:
        for local, _, item in imported(seen.node):
            if item.module in MODULES and item.name not in ("", "*"):
                yield Item(local, item, seen)


def immovable(file: Source, scopes: TypingNames, found: Sequence[Item]) -> dict[str, tuple[int, str, str]]:
    """Local names of moved typing names whose import cannot simply change: line, code, reason."""
    result: dict[str, tuple[int, str, str]] = {}
    for item in found:
        if item.item.name not in MOVED:
            continue
        if reason := _stays(file, scopes, item):
            result.setdefault(item.local, (item.line, *reason))
    return result


def _stays(file: Source, scopes: TypingNames, item: Item) -> tuple[str, str] | None:
    module = scopes.module.names
    new = successor_import(item.item.name, item.local)
    meanings = {b.dotted for b in module.get(item.local, ())} | {f"{item.item.module}.{item.item.name}"}
    if not all(m.rpartition(".")[0] in MODULES for m in meanings):
        return "T24-clash", f"{item.local} has another meaning at module level"
    bindings = module.get(item.local, ())
    if any(b.guard in ("try", "except") or (b.guard == "if" and len(bindings) > 1) for b in bindings):
        return "T23-conditional", f"{item.local} is imported under a condition"
    if has_comment(file, item):
        return "T22-kept", f"a comment belongs to the import of {item.local}"
    return None if new.binds == item.local else ("T24-clash", f"{item.local} cannot keep its name")


def moves(
    found: Sequence[Item], readings: Iterable[TypeReading], kept: frozenset[str], only: frozenset[str]
) -> list[Item]:
    """The imports that change their module: every use of the name was seen and can live with that."""
    if "abc" not in only:
        return []
    used = {name for r in readings for name in r.moved}
    return [i for i in found if i.item.name in MOVED and i.local not in kept and i.local in used]


def extension_part(file: Source, found: Sequence[Item]) -> Part:
    """typing_extensions → typing: the same objects, so no use of them matters."""
    names = ", ".join(sorted({i.local for i in found}))
    return Part(
        file.path,
        min(i.line for i in found),
        f"typing itself has {names} on every supported Python",
        (),
        group=f"{file.path}::typing has {names}",
        frees=tuple(sorted({i.item for i in found})),
        **_new([(Import("typing", i.item.name, i.item.alias), i) for i in found]),
    )


class _Imports(TypedDict):
    requires: tuple[Import, ...]
    instead: tuple[tuple[Import, Import], ...]


def _new(found: Iterable[tuple[Import, Item]]) -> _Imports:
    """New imports for old ones: those that only type checkers see stay where they are."""
    found = list(found)
    return {
        "requires": tuple(sorted({new for new, old in found if not old.seen.place.checking})),
        "instead": tuple(sorted({(new, old.item) for new, old in found if old.seen.place.checking})),
    }


def moved_part(file: Source, moved: Sequence[Item], group: str) -> Part:
    """One change for all the names of a file that move: their uses keep their text."""
    found = [(successor_import(i.item.name, i.local), i) for i in moved]
    names = sorted({i.local for i in moved})
    modules = sorted({new.module for new, _ in found})
    return Part(
        file.path,
        min(i.line for i in moved),
        f"{', '.join(names)} come{'s' * (len(names) == 1)} from {' and '.join(modules)}",
        (),
        group=group,
        frees=tuple(sorted({i.item for i in moved})),
        **_new(found),
    )


def extensions(file: Source, scopes: TypingNames, found: Sequence[Item], target: Version) -> list[Item]:
    """Names of typing_extensions that typing itself has, and as the same object, on every supported Python."""
    result = []
    for item in found:
        since = EXTENSIONS.get(item.item.name)
        if item.item.module != "typing_extensions" or since is None or target < since:
            continue
        bindings = scopes.module.names.get(item.local, ())
        plain = len(bindings) == 1 and bindings[0].guard in ("", "typing") and item.seen.node in [bindings[0].node]
        if plain and not has_comment(file, item):
            result.append(item)
    return result


def has_comment(file: Source, item: Item) -> bool:
    """Whether a comment keeps a name where it is imported: its own, that of a statement of which nothing stays, or
    any `noqa`, which may be about the very module."""
    node = item.seen.node
    comments = comments_of(file, node)
    number = [i for _, _, i in imported(node)].index(item.item)
    lines = {node.lineno, node.end_lineno or node.lineno, node.names[number].lineno}
    stays = any(a.name not in DEPRECATED | EXTENSIONS.keys() for a in node.names)
    said = any("noqa" in file.line(n).partition("#")[2] for n in lines)
    return said or number in comments.names or (comments.whole and not stays)


def unused(
    file: Source, scopes: TypingNames, found: Sequence[Item], share: Share, edits: Iterable[Edit]
) -> list[Item]:
    """Deprecated names that the file imports and does not use: those that may go, by compose's own judgement
    of the text that the other changes make."""
    names = [
        i for i in found if i.item.name in DEPRECATED and i.local not in scopes.seen and i.local not in share.kept
    ]
    if not names:
        return []
    gone = _dropped(file, found, share, edits)[1]
    return [i for i in names if i.item in gone]


def _dropped(
    file: Source, found: Sequence[Item], share: Share, edits: Iterable[Edit]
) -> tuple[Source, frozenset[Import]]:
    """The text that the other changes make, and the deprecated names that compose takes out there: all that go must
    be asked for together, for the last name of a statement goes with its comments."""
    after = Source(file.path, splice(file, edits))
    return after, dropped(after, [i.item for i in found if i.item.name in DEPRECATED and i.local not in share.kept])


def held(
    file: Source,
    scopes: TypingNames,
    found: Sequence[Item],
    settled: Collection[str],
    share: Share,
    edits: Iterable[Edit],
    spelled: set[str],
    left: Callable[[], set[str]],
) -> Iterator[tuple[Item, str, str]]:
    """Deprecated names that stay imported although no type in the file needs them: with code and reason.

    `settled` are names whose fate is known, `spelled` are names that stand somewhere else than in types, `left` those in types that keep something
    old, which has its own reason. Most names are neither, and cost nothing here.
    """
    names = {
        i.local: i
        for i in found
        if i.item.name in DEPRECATED
        and i.local not in settled
        and (i.local in spelled or i.item.alias == i.item.name or "#" in _lines(file, i) or _in_try(i))
    }
    if not names or not (unexplained := names.keys() - left()):
        return
    after, gone = _dropped(file, found, share, edits)
    for local in sorted(unexplained):
        if names[local].item not in gone:
            yield names[local], *_holder(file, scopes, after, names[local])


def _holder(file: Source, scopes: TypingNames, after: Source, item: Item) -> tuple[str, str]:
    """What keeps an import that no type needs: code and reason."""
    if any(isinstance(n, ast.Name) and n.id == item.local for n in ast.walk(after.tree)):
        if item.item.name in UNIONS and item.local in scopes.seen:
            return "T13-value", f"{item.item.name} itself has no other spelling"
        return "T24-clash", "the name means something else in a part of this file"
    if item.item.alias == item.item.name:
        return "T22-kept", "it is exported again"
    if _in_try(item):
        return "T23-conditional", "the import may be there to see if it works"
    if "#" in _lines(file, item):
        return "T22-kept", "a comment belongs to the import"
    return "T22-kept", "__all__ or another string, or a type comment, may need it"


def without_kept(frees: Iterable[Import], share: Share) -> tuple[Import, ...]:
    """Imports that may go when nothing here uses them any more."""
    return tuple(sorted(i for i in frees if not (i.name and i.binds in share.kept)))


def _lines(file: Source, item: Item) -> str:
    """The whole lines of an import statement."""
    node = item.seen.node
    return "".join(file.line(n) for n in range(node.lineno, (node.end_lineno or node.lineno) + 1))


def _in_try(item: Item) -> bool:
    bindings = item.seen.place.scope.names.get(item.local, ())
    return any(b.guard in ("try", "except") for b in bindings if b.node is item.seen.node)
