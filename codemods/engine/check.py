"""What is composed is checked before anything is delivered: it parses, no name became undefined, no comment was
lost, a second run would change nothing. A change that fails is dropped whole, and the rest composed anew."""

from __future__ import annotations

import _symtable  # type: ignore[import-not-found]  # the public one makes an object per name: slow
import ast
import builtins
import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .names import OF_MODULES
from .parsing import parse, refusals
from .propose import Step, propose
from .registry import Spec
from .source import PRAGMA, PYTHON, Source
from .values import Change, Skip, Unreadable
from .world import Task, World

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


def compose_checked(step: Step, accepted: Sequence[Change], world: World, converge: bool = True) -> Composed:
    """Compose, format and check. A change that fails a check is dropped whole and the rest composed anew."""
    dropped: dict[str, str] = {}
    skips: list[Skip] = []
    live = list(accepted)
    while live:
        draft = _write(step.spec, live, world)
        blamed = draft.blamed or _format(step.spec, draft, world)
        if converge and not blamed:
            blamed = _not_converged(step, live, draft, world)
        if not blamed:
            return Composed(draft.files, draft.before, tuple(live), dropped, tuple(skips))
        # nobody to blame is everybody to blame: each round drops something
        for change in [c for c in live if c.anchor in blamed] or live:
            path, reason = blamed.get(change.anchor) or next(iter(blamed.values()))
            line = next((p.line for p in change.parts if p.path == path), change.parts[0].line)
            dropped[change.key] = reason
            skips.append(Skip(path, line, "C009-check", f"{reason}: {change.reason}"))
        live = [c for c in live if c.key not in dropped]
    return Composed({}, {}, (), dropped, tuple(skips))


@dataclass(frozen=True)
class _Draft:
    """What the accepted changes make of the files."""

    before: Mapping[str, bytes]
    files: dict[str, bytes | None] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)  # path of a result → path of its parts
    owners: dict[str, list[str]] = field(default_factory=dict)  # path of parts → anchors of changes
    blamed: dict[str, tuple[str, str]] = field(default_factory=dict)  # anchor → path and problem

    def blame(self, path: str, problem: str, anchors: Iterable[str] = ()) -> None:
        for anchor in anchors or self.owners[self.sources.get(path, path)]:
            self.blamed.setdefault(anchor, (path, problem))


def _write(spec: Spec, live: Sequence[Change], world: World) -> _Draft:
    """Every file's new content, checked."""
    from .compose import parts_by_path  # not for a run that finds nothing

    parts = parts_by_path(live)
    draft = _Draft(world.read(sorted(parts)))
    for path in parts:
        draft.owners[path] = list(dict.fromkeys(p.group for p in parts[path]))
    tasks = [
        Task("compose", spec, path, draft.before.get(path, b""), tuple(parts[path]),
             minimum=world.minimum_python(path))
        for path in parts
    ]  # fmt: skip
    for task, outcome in world.run(tasks):
        if outcome.code:
            draft.blame(task.path, outcome.reason)
        elif outcome.value.problems:
            draft.blame(task.path, "; ".join(outcome.value.problems), outcome.value.blamed)
        else:
            for path, data in outcome.value.files.items():
                if path != task.path and (path in draft.files or world.read([path])):
                    draft.blame(task.path, f"there is a file {path} already")
                draft.sources[path] = task.path
                draft.files[path] = data
    return draft


def _format(spec: Spec, draft: _Draft, world: World) -> dict[str, tuple[str, str]]:
    """Let the formatter have its word, and check what it altered."""
    texts = {p: d for p, d in draft.files.items() if d is not None}
    formatted = world.format({p: d for p, d in draft.before.items() if p in texts}, texts)
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
        path = draft.sources.get(part.path, part.path)
        if left[path, part.reason] > 0:
            left[path, part.reason] -= 1
        elif part.path in draft.files:
            draft.blame(part.path, f"a second run would change it again ({part.reason})")
    return draft.blamed


# ---- one file ----------------------------------------------------------------------------------


def problems(
    before: Source,
    after: Source,
    minimum: tuple[int, int] | None = None,
    may_go: Iterable[str] = (),
) -> list[str]:
    """What is wrong with `after`: syntax, syntax too new for the project, undefined names, lost comments
    (but those that `may_go`). What was wrong before is not counted."""
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
        where = f" in {count} scopes" if count > 1 else ""
        found.append(f"leaves the name {name!r} undefined{where}")
    for comment in lost_comments(before, after) - Counter(may_go):
        if not PRAGMA.match(comment):
            found.append(f"loses the comment {comment!r}")
    return found


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


def lost_comments(before: Source, after: Source) -> Counter[str]:
    """Comments that are gone. Their place, and white space in them, does not matter."""
    # what follows the first `#` of a line, be it in a string or not, is cheap to compare
    if not Counter(_TAIL.findall(before.text)) - Counter(_TAIL.findall(after.text)):
        return Counter()
    kept = Counter("".join(c.split()) for c in after.comments.values())
    lost: Counter[str] = Counter()
    for comment in before.comments.values():
        key = "".join(comment.split())
        if kept[key]:
            kept[key] -= 1
        else:
            lost[comment] += 1
    return lost
