"""What is composed is checked before anything is delivered: it parses, no name became undefined, no comment was
lost, a second run would change nothing. A change that fails is dropped whole, and the rest composed anew."""

from __future__ import annotations

import _symtable  # type: ignore[import-not-found]  # the public one makes an object per name: slow
import ast
import builtins
import contextlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .names import OF_MODULES
from .parsing import parse, refusals
from .places import in_the_way
from .propose import Step, propose
from .registry import Spec
from .source import PRAGMA, PYTHON, Source
from .values import Change, Skip, Unreadable
from .world import Comments, Task, World, Written

_CLASS = {"__class__", "__module__", "__qualname__"}
_BUILTINS = frozenset({*dir(builtins), *OF_MODULES, *_CLASS, "WindowsError"})
_GLOBAL = (_symtable.GLOBAL_EXPLICIT, _symtable.GLOBAL_IMPLICIT)
_STAR = re.compile(r"import[\s\\]*\*")
_FUTURE = re.compile(r"(\bfrom[ \t]+__future__[ \t]+import\b(?:[ \t]*\([^)]*?|[^\r\n]*?))\bannotations\b")
_TAIL = re.compile(r"#[^\r\n]*")


# ---- the whole step ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Composed:
    """The checked new content of one step's files, and the changes that failed a check."""

    files: Mapping[str, bytes | None]
    before: Mapping[str, bytes]
    applied: tuple[Change, ...]
    dropped: Mapping[str, str] = field(default_factory=dict)  # change key → why
    skips: tuple[Skip, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)  # path of a new file → the file that it comes from
    earlier: tuple[Mapping[str, bytes | None], ...] = ()  # the same files after each stage but the last


def compose_checked(step: Step, accepted: Sequence[Change], world: World, converge: bool = True) -> Composed:
    """Compose, format and check. A change that fails a check is dropped whole and the rest composed anew."""
    dropped: dict[str, str] = {}
    skips: list[Skip] = []
    live = list(accepted)
    while live:
        if lacking := _lacking(live):
            dropped |= {c.key: reason for c, reason in lacking}
            skips += [Skip(c.parts[0].path, c.parts[0].line, "C014-needs", reason) for c, reason in lacking]
            live = [c for c in live if c.key not in dropped]
            continue
        stages, blamed = _stages(step.spec, live, world)
        draft = stages[-1]
        if converge and not blamed:
            blamed = _not_converged(step, live, draft, world)
        if not blamed:
            earlier = tuple(stage.files for stage in stages[:-1])
            return Composed(draft.files, draft.before, tuple(live), dropped, tuple(skips), draft.origins, earlier)
        # nobody to blame is everybody to blame: each round drops something
        for change in [c for c in live if c.anchor in blamed] or live:
            path, reason = blamed.get(change.anchor) or next(iter(blamed.values()))
            line = next((p.line for p in change.parts if p.path == path), change.parts[0].line)
            dropped[change.key] = reason
            skips.append(Skip(path, line, "C009-check", f"{reason}: {change.reason}"))
        live = [c for c in live if c.key not in dropped]
    return Composed({}, {}, (), dropped, tuple(skips))


def _lacking(live: Sequence[Change]) -> list[tuple[Change, str]]:
    """The changes that need others which are not made, each with the reason."""
    made = {change.anchor for change in live}
    return [
        (c, f"it needs another change, which is not made: {c.reason}") for c in live if not made.issuperset(c.needs)
    ]


def _stages(spec: Spec, live: Sequence[Change], world: World) -> tuple[list[_Draft], Mapping[str, tuple[str, str]]]:
    """What the changes make of the files, after each stage; with the first that fails, whom to blame for it."""
    drafts: list[_Draft] = []
    for stage in sorted({change.stage for change in live}):
        made = (c for c in live if c.stage <= stage and not 0 < c.until <= stage)
        draft = _write(spec, [*made], world)
        drafts.append(draft)
        if blamed := draft.blamed or _format(spec, draft, world):
            return drafts, blamed
    return drafts, {}


@dataclass(frozen=True)
class _Draft:
    """What the accepted changes make of the files."""

    before: Mapping[str, bytes]
    read: Mapping[str, bytes]  # those too that text comes from
    files: dict[str, bytes | None] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)  # path of a result → path of its parts
    origins: dict[str, str] = field(default_factory=dict)  # path of a new file → the file that it comes from
    owners: dict[str, list[str]] = field(default_factory=dict)  # path of parts → anchors of changes
    gone: set[str] = field(default_factory=set)
    near: Mapping[str, Collection[str]] = field(default_factory=dict)  # path of parts → files that text comes from
    blamed: dict[str, tuple[str, str]] = field(default_factory=dict)  # anchor → path and problem

    def came_from(self, path: str) -> bytes | None:
        """What stood in the file that a result is made of."""
        return self.read.get(self.origins.get(path, path))

    def blame(self, path: str, problem: str, anchors: Iterable[str] = ()) -> None:
        for anchor in anchors or self.owners[self.sources.get(path, path)]:
            self.blamed.setdefault(anchor, (path, problem))


def _write(spec: Spec, live: Sequence[Change], world: World) -> _Draft:
    """Every file's new content, checked."""
    from .compose import parts_by_path  # not for a run that finds nothing

    parts = parts_by_path(live)
    spans = {path: {e.moved.path for p in found for e in p.edits if e.moved} for path, found in parts.items()}
    read = world.read(sorted({*parts, *(path for near in spans.values() for path in near)}))
    draft = _Draft({p: d for p, d in read.items() if p in parts}, read, near=spans)
    for path in parts:
        draft.owners[path] = list(dict.fromkeys(p.group for p in parts[path]))
    tasks = [
        Task("compose", spec, path, read.get(path, b""), tuple(parts[path]), minimum=world.minimum_python(path),
             others={p: read[p] for p in sorted(near) if p in read})
        for path, near in spans.items()
    ]  # fmt: skip
    places: dict[str, list[str]] = {}  # where files come to be → paths of their parts
    comments: dict[str, dict[str, Comments]] = {}  # by group, by path
    for task, outcome in world.run(tasks):
        if outcome.code:
            draft.blame(task.path, outcome.reason)
        elif outcome.value.problems:
            draft.blame(task.path, "; ".join(outcome.value.problems), outcome.value.blamed)
        else:
            written: Written = outcome.value
            for group, found in written.comments.items():
                comments.setdefault(group, {})[task.path] = found
            if written.gone:
                draft.gone.add(task.path)
            for path, data in written.files.items():
                if data is None:
                    continue
                if path != task.path or written.created:
                    places.setdefault(path, []).append(task.path)
                    draft.sources[path] = task.path
                    if origin := task.path if path != task.path else written.origin:
                        draft.origins[path] = origin
                draft.files[path] = data
    _check_places(draft, places, world)
    draft.files.update((path, None) for path in draft.gone - draft.files.keys())
    for group, by_path in comments.items():
        for path, lost in _lost_comments(by_path):
            draft.blame(path, "; ".join(map(_lost, lost)), [group])
    return draft


def _check_places(draft: _Draft, places: Mapping[str, list[str]], world: World) -> None:
    """Blame the changes that put a file where it cannot lie, and those about one that is not there."""
    created = {path for path, sources in places.items() if path in sources}
    for path in draft.owners.keys() - created - draft.read.keys():
        draft.blame(path, f"there is no file {path}")
    if not places:
        return
    for place, sources in places.items():
        for source in sorted(sources)[1:]:
            draft.blame(source, f"there is a file {place} already")
    standing = world.standing(places) - draft.gone
    for place, other in in_the_way(places, standing).items():
        reason = f"there is {other} already" if other else f"{place} is no place for a file"
        draft.blame(places[place][0], reason)


def _lost_comments(by_path: Mapping[str, Comments]) -> Iterator[tuple[str, list[str]]]:
    """The comments that one change takes from a file and puts into none."""
    come = [comment for found in by_path.values() for comment in found.gained]
    for path, found in sorted(by_path.items()):
        lost = missing(found.lost, come)
        come = missing(come, missing(found.lost, lost))
        if lost:
            yield path, lost


def _format(spec: Spec, draft: _Draft, world: World) -> dict[str, tuple[str, str]]:
    """Let the formatter have its word, and check what it altered."""
    texts = {p: d for p, d in draft.files.items() if d is not None}
    formatted = world.format({p: d for p in texts if (d := draft.came_from(p)) is not None}, texts)
    tasks = [
        Task("check", spec, p, data, before=texts[p], minimum=world.minimum_python(p))
        for p, data in formatted.items()
        if p.endswith(PYTHON)
    ]
    for task, outcome in world.run(tasks):
        if problem := outcome.reason or "; ".join(outcome.value or ()):
            draft.blame(task.path, f"after formatting: {problem}")
    draft.files.update(formatted)
    return draft.blamed


def _not_converged(step: Step, applied: Sequence[Change], draft: _Draft, world: World) -> dict[str, tuple[str, str]]:
    """Blame the changes in files where a second run would find something that this plan did not leave
    on purpose: because it was not accepted, or blocked, or overlapped."""
    known = {(c.key, c.digest) for c in applied}  # one that a person has edited is not what the codemod would do
    unapplied = (p for c in step.changes if (c.key, c.digest) not in known for p in c.parts)
    left = Counter((p.path, p.reason) for p in (*step.aside, *unapplied))
    again = propose(step.spec, world.overlay(draft.files), step, draft.files)
    for part in (p for c in again.changes for p in c.parts):
        came = (draft.sources.get(part.path, part.path), *draft.near.get(part.path, ()))
        if path := next((p for p in came if left[p, part.reason] > 0), ""):
            left[path, part.reason] -= 1
        elif part.path in draft.files:
            draft.blame(part.path, f"a second run would change it again ({part.reason})")
    return draft.blamed


# ---- one file ----------------------------------------------------------------------------------


def problems(before: Source, after: Source, minimum: tuple[int, int] | None = None) -> list[str]:
    """What is wrong with `after`: syntax, syntax too new for the project, undefined names, lost comments.
    What was wrong before is not counted."""
    lost, _ = comments_between(before, after)
    return [*broken(before, after, minimum), *map(_lost, lost)]


def broken(
    before: Source, after: Source, minimum: tuple[int, int] | None = None, unknown: Collection[str] = ()
) -> list[str]:
    """The same without comments. `unknown` are names that nobody defined where the text comes from."""
    try:
        wanted = undefined(after)
    except Unreadable as error:
        return [f"does not parse any more: {error} at line {error.line}"]
    found = []
    if minimum and not _parses(after, minimum) and _parses(before, minimum):
        found.append("uses syntax that Python {}.{} does not have".format(*minimum))
    with contextlib.suppress(Unreadable):
        wanted = wanted and wanted - undefined(before)
    for name, count in sorted(wanted.items()):
        if name not in unknown:
            where = f" in {count} scopes" if count > 1 else ""
            found.append(f"leaves the name {name!r} undefined{where}")
    return found


def _lost(comment: str) -> str:
    return f"loses the comment {comment!r}"


def _parses(file: Source, version: tuple[int, int]) -> bool:
    try:
        parse(file.text, feature_version=version)
    except Unreadable:
        return False
    return True


# ---- names -------------------------------------------------------------------------------------


def undefined(file: Source) -> Counter[str]:
    """Names that are looked up globally and that neither the module nor Python binds, with the number
    of scopes that do so. Empty for a module with a star import: nobody can know.

    Raises Unreadable for text that does not parse, or that breaks a rule of scopes.
    """
    if _STAR.search(file.text) and any(
        isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in ast.walk(file.tree)
    ):
        return Counter()
    bound: set[str] = set()
    wanted: Counter[str] = Counter()
    # under the future import the names in annotations are in no table; one table is half of this check's time
    text = _FUTURE.sub(r"\1division", file.text) if "__future__" in file.text else file.text
    with refusals(text):
        top = _symtable.symtable(text, "file", "exec")
    stack = [top]
    while stack:
        table = stack.pop()
        stack += table.children
        for name, flags in table.symbols.items():
            scope = (flags >> _symtable.SCOPE_OFF) & _symtable.SCOPE_MASK
            if table is top or scope in _GLOBAL:
                walrus = table is top and scope == _symtable.GLOBAL_EXPLICIT  # [(x := y) for …]
                if flags & _symtable.DEF_BOUND or walrus:
                    bound.add(name)
                if flags & _symtable.USE:
                    wanted[name] += 1
    return Counter({n: c for n, c in wanted.items() if n not in bound and n not in _BUILTINS})


# ---- comments ----------------------------------------------------------------------------------


def comments_between(before: Source, after: Source) -> tuple[list[str], list[str]]:
    """The comments that are gone, but for those to tools, and those that have come. Their place does not matter."""
    # what follows the first `#` of a line, be it in a string or not, is cheap to compare
    if Counter(_TAIL.findall(before.text)) == Counter(_TAIL.findall(after.text)):
        return [], []
    old, new = before.comments.values(), after.comments.values()
    return [c for c in missing(old, new) if not PRAGMA.match(c)], missing(new, old)


def missing(comments: Iterable[str], there: Iterable[str]) -> list[str]:
    """The comments that are not among others, each as often as it is not. White space in them does not matter."""
    left = Counter(map(_spaceless, there))
    found = []
    for comment in comments:
        if left[key := _spaceless(comment)]:
            left[key] -= 1
        else:
            found.append(comment)
    return found


def _spaceless(comment: str) -> str:
    return "".join(comment.split())
