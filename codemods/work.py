"""One file's work, in a worker: scan it, find in it, check what was composed.

Everything that comes back is plain data. A file that cannot be read is an outcome, and so is a bug
in a codemod: it costs this file and no other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .base import Codemod, Part, Skip, Unreadable
from .source import Source
from .world import Outcome, Task


@dataclass(frozen=True)
class Found:
    """What `find` gave for one file, with anchors set and ignore comments applied."""

    parts: tuple[Part, ...] = ()
    skips: tuple[Skip, ...] = ()


@dataclass(frozen=True)
class Written:
    """What composing gave for one file: new contents by path, problems, and the groups to blame for them."""

    files: dict[str, bytes | None]
    problems: tuple[str, ...] = ()
    blamed: tuple[str, ...] = ()


def work(task: Task) -> Outcome:
    """Do one task. Unreadable files are an outcome; a bug in a codemod is one too, and costs one file."""
    file = Source(task.path, task.data)
    try:
        match task.kind:
            case "scan":
                return Outcome(task.spec.codemod().scan(file))
            case "find":
                return Outcome(_find(task.spec.codemod(), file, task.facts))
            case "compose":
                return Outcome(_compose(task, file))
            case _:
                return Outcome(_check(task, file))
    except Unreadable as error:
        return Outcome(code="C001-syntax", reason=str(error))
    except Exception as error:  # one bad file must never cost the others
        where = _innermost(error)
        return Outcome(code="C006-crashed", reason=f"{type(error).__name__}: {error} ({where})")


def _innermost(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return (
        f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
        if trace
        else "?"
    )


def _check(task: Task, file: Source) -> list[str]:
    from .safety import problems

    return problems(Source(task.path, task.before), file, task.minimum)


def _compose(task: Task, file: Source) -> Written:
    """New bytes of one file, checked. Where several changes meet and something is wrong, who is to blame."""
    parts: Sequence[Part] = task.facts
    files, problems = _attempt(task, file, parts)
    groups = list(dict.fromkeys(p.group for p in parts))
    blamed: tuple[str, ...] = ()
    if problems and len(groups) > 1:
        alone = {g: _attempt(task, file, [p for p in parts if p.group == g])[1] for g in groups}
        blamed = tuple(g for g in groups if alone[g])
    return Written(files, tuple(problems), blamed or tuple(groups))


def _attempt(
    task: Task, file: Source, parts: Sequence[Part]
) -> tuple[dict[str, bytes | None], list[str]]:
    from .compose import Conflict, compose_path
    from .safety import problems

    try:
        files = compose_path(file, parts)
    except (Conflict, Unreadable) as error:
        return {}, [str(error)]
    new = next((d for d in files.values() if d is not None), None)
    if new is None or not file.is_python:
        return files, []
    return files, problems(file, Source(task.path, new), task.minimum, _deleted(file, parts))


def _deleted(file: Source, parts: Iterable[Part]) -> list[str]:
    """The comments in text that goes on purpose."""
    spans = [(e.start, e.end) for p in parts if p.deletes_comments for e in p.edits]
    return [
        comment
        for line, comment in (file.comments if spans else {}).items()
        if any(
            a <= file.line_starts[line - 1] + file.line(line).rindex(comment) < b for a, b in spans
        )
    ]


def _find(codemod: Codemod, file: Source, facts: Any) -> Found:
    parts: list[Part] = []
    skips: list[Skip] = []
    for item in codemod.find(file, facts):
        if isinstance(item, Part):
            parts.append(item)
        else:
            skips.append(item)
    parts = _anchored(file, parts)
    if b"codemod:" in file.data:
        parts, ignored = _apply_ignores(codemod.name, file, parts)
        skips += ignored
    return Found(tuple(parts), tuple(skips))


def _anchored(file: Source, parts: Iterable[Part]) -> list[Part]:
    """Give each part that stands alone its anchor: path, definition around it, old → new text, ordinal."""
    seen: Counter[str] = Counter()
    result = []
    for part in sorted(parts, key=lambda p: min((e.start for e in p.edits), default=0)):
        if not part.group:
            first = min(part.edits, key=lambda e: e.start)
            where = file.qualname_at(first.start) if file.path.endswith((".py", ".pyi")) else ""
            what = "; ".join(f"{file.text[e.start : e.end]} → {e.new}" for e in part.edits)
            base = f"{file.path}::{where} {what}"
            part = replace(part, group=f"{base} #{seen[base]}")
            seen[base] += 1
        result.append(part)
    return result


_IGNORE = re.compile(r"#\s*codemod:\s*(ignore-file|ignore)(?![-\w])\s*(?:\[([^\]]*)\])?")


def _apply_ignores(name: str, file: Source, parts: Sequence[Part]) -> tuple[list[Part], list[Skip]]:
    """Turn parts on ignored lines into skips, and report comments for this codemod that hide nothing."""
    whole_file = 0
    lines: dict[int, bool] = {}  # line → whether the comment names this codemod
    for number, comment in (file.comments if file.path.endswith((".py", ".pyi")) else {}).items():
        for kind, names in _IGNORE.findall(comment):
            named = [n.strip() for n in names.split(",") if n.strip()]
            if not named or name in named:
                lines[number] = bool(named)
                if kind == "ignore-file":
                    whole_file = number
    kept, skips, used = [], [], set()
    for part in parts:
        touched = {part.line}
        for edit in part.edits:
            touched.update(
                range(file.line_of(edit.start), file.line_of(max(edit.start, edit.end - 1)) + 1)
            )
        hit = whole_file or next((n for n in sorted(touched) if n in lines), 0)
        if hit:
            used.add(hit)
            skips.append(
                Skip(
                    file.path,
                    part.line,
                    "C002-ignored",
                    f"line {hit} says so: {part.reason}",
                    part.group,
                )
            )
        else:
            kept.append(part)
    skips += [
        Skip(file.path, number, "C003-unused-ignore", f"this comment hides nothing from {name}")
        for number, named in lines.items()
        if named and number not in used
    ]
    return kept, skips
