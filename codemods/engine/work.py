"""One file's work, in a worker: scan it, find in it, check what was composed.

Everything that comes back is plain data. A file that cannot be read is an outcome, and so is a bug
in a codemod: it costs this file and no other.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .codemod import Codemod
from .ignores import Searched, ignored
from .source import Source
from .tables import table
from .values import Part, Skip, Unreadable
from .world import Outcome, Task

# All that `ast.parse` knows to be newer than some Python has one of these; other new text needs no second parse.
_NEWER = re.compile(
    r"[:*/]|@(?!\w+(?:\.\w+)*(?:\(|\s|$))|^\s*=|\d_\d|\b(?:with|async|return|yield|for)\b"
    r"|\btype\b(?!\s*[][(),.|])|[fF][\"']"
)


@dataclass(frozen=True)
class Written:
    """What composing gave for one file: new contents by path, problems, and the groups to blame for them."""

    files: dict[str, bytes | None]
    problems: tuple[str, ...] = ()
    blamed: tuple[str, ...] = ()


def work(task: Task) -> Outcome:
    """Do one task. Unreadable files are an outcome; a bug in a codemod is one too, and costs one file."""
    file = Source(task.path, task.data, task.origins)
    with warnings.catch_warnings():
        # what Python says about literals and comparisons of the analysed code
        warnings.simplefilter("ignore", SyntaxWarning)
        warnings.filterwarnings("ignore", "invalid (escape|octal|decimal)", DeprecationWarning)
        try:
            return Outcome(_done(task, file))
        except Unreadable as error:
            return Outcome(code="C001-syntax", reason=str(error), line=error.line)
        except RecursionError:  # the limits of Python's own C code cannot be raised
            return Outcome(code="C012-too-deep", reason="its code is nested too deeply to be walked")
        except Exception as error:  # one bad file must never cost the others
            reason = f"{type(error).__name__}: {error} ({_innermost(error)})"
            return Outcome(code="C006-crashed", reason=reason)
        finally:
            file.forget()


def _done(task: Task, file: Source) -> Any:
    match task.kind:
        case "scan":
            codemod = task.spec.codemod()
            return codemod.scan(file), file.once(table) if codemod.libraries else None
        case "table":
            return None, table(file)
        case "find":
            codemod = task.spec.codemod()
            return _found(codemod, file, codemod.find(file, task.facts))
        case "ignores":
            return _found(task.spec.codemod(), file, ())
        case "compose":
            return _compose(task, file)
        case _:
            return _check(task, file)


def _innermost(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    name = trace.tb_frame.f_code.co_filename.rpartition("/")[2] if trace else ""
    return f"{name}:{trace.tb_lineno}" if trace else "?"


def _check(task: Task, file: Source) -> list[str]:
    from .check import problems

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


def _attempt(task: Task, file: Source, parts: Sequence[Part]) -> tuple[dict[str, bytes | None], list[str]]:
    from .check import problems
    from .compose import Conflict, compose_path

    try:
        files = compose_path(file, parts)
    except (Conflict, Unreadable) as error:
        return {}, [str(error)]
    new = next((d for d in files.values() if d is not None), None)
    if new is None or not file.is_python:
        return files, []
    minimum = task.minimum if any(_NEWER.search(e.new) for part in parts for e in part.edits) else None
    return files, problems(file, Source(task.path, new), minimum, _deleted(file, parts))


def _deleted(file: Source, parts: Iterable[Part]) -> list[str]:
    """The comments in text that goes on purpose."""
    spans = [(e.start, e.end) for p in parts if p.deletes_comments for e in p.edits]
    return [
        comment
        for line, comment in (file.comments if spans else {}).items()
        for start in [file.line_starts[line - 1] + file.line(line).rindex(comment)]
        if any(a < start + len(comment) and start < b for a, b in spans)
    ]


# ---- find --------------------------------------------------------------------------------------


def _found(codemod: Codemod, file: Source, items: Iterable[Part | Skip]) -> Searched:
    parts: list[Part] = []
    skips: list[Skip] = []
    for item in items:
        if isinstance(item, Skip):
            skips.append(item)
        elif any(e.path != item.path for e in item.edits):
            raise ValueError(f"a part of {item.path} edits another file")
        elif item.edits or item.requires or item.frees:
            parts.append(item)
    found = ignored(codemod.name, file, _anchored(file, parts))
    strange = {part: skip for part in found.parts if (skip := _not_encodable(file, part))}
    parts = [part for part in found.parts if part not in strange]
    return replace(found, parts=tuple(parts), skips=(*skips, *found.skips, *strange.values()))


def _anchored(file: Source, parts: Iterable[Part]) -> list[Part]:
    """Give each part that stands alone its anchor: path, definition around it, old → new text, ordinal."""
    seen: Counter[str] = Counter()
    result = []
    for part in sorted(parts, key=lambda p: p.start):
        if not part.group:
            base = f"{part.path}::{_around(file, part)} {_what(file, part)}"
            part = replace(part, group=f"{base} #{seen[base]}")
            seen[base] += 1
        result.append(part)
    return result


def _around(file: Source, part: Part) -> str:
    edits = part.edits and part.path == file.path and file.is_python
    return file.qualname_at(part.start) if edits else ""


def _what(file: Source, part: Part) -> str:
    if not part.edits:
        new = [*part.requires, *(new for new, _ in part.instead)]
        return ", ".join([*(f"+{i}" for i in new), *(f"-{i}" for i in part.frees)])
    return "; ".join(
        f"{file.text[e.start : e.end]} → {e.new}" if e.op == "replace" else f"{e.op} {e.new}" for e in part.edits
    )


def _not_encodable(file: Source, part: Part) -> Skip | None:
    """The skip that stands for a part with text that the file's encoding does not have."""
    new = [*(e.new for e in part.edits if e.op == "replace"), *map(str, part.requires)]
    if file.codec == "utf-8" or all(map(file.can_hold, new)):
        return None
    reason = f"{file.codec} does not have the new text: {part.reason}"
    return Skip(file.path, part.line, "C005-encoding", reason, part.group)
