"""One file's work, in a worker: scan it, find in it, check what was composed.

Everything that comes back is plain data. A file that cannot be read is an outcome, and so is a bug
in a codemod: it costs this file and no other.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from .arriving import not_encodable
from .codemod import Codemod
from .ignores import Searched, ignored
from .parsing import NEWLINE
from .source import Source
from .tables import table
from .values import Edit, Part, Skip, Unreadable
from .world import Comments, Outcome, Task, Written

# All that `ast.parse` knows to be newer than some Python has one of these; other new text needs no second parse.
_NEWER = re.compile(
    r"[:*/]|@(?!\w+(?:\.\w+)*(?:\(|\s|$))|^\s*=|\d_\d|\b(?:with|async|return|yield|for)\b"
    r"|\btype\b(?!\s*[][(),.|])|[fF][\"']"
)


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
    whole = _attempt(task, file, parts)
    groups = list(dict.fromkeys(p.group for p in parts))
    comments = dict.fromkeys(groups, whole.comments)
    blamed: tuple[str, ...] = ()
    if len(groups) > 1 and (whole.problems or whole.comments != Comments()):
        alone = {g: _attempt(task, file, [p for p in parts if p.group == g]) for g in groups}
        blamed = tuple(g for g in groups if alone[g].problems)
        comments = {g: alone[g].comments for g in groups}
    comments = {g: c for g, c in comments.items() if c != Comments()}
    operations = {e.op for part in parts for e in part.edits}
    return Written(
        whole.files,
        whole.problems,
        blamed or tuple(groups),
        comments,
        created="create" in operations,
        gone=not operations.isdisjoint(("move", "delete")),
        origin=whole.origin,
    )


class _Attempt(NamedTuple):
    """What some parts make of a file, and what is wrong with that."""

    files: dict[str, bytes | None]
    problems: tuple[str, ...] = ()
    comments: Comments = Comments()
    origin: str = ""


def _attempt(task: Task, file: Source, parts: Sequence[Part]) -> _Attempt:
    from .check import broken, comments_between, missing, undefined
    from .compose import Conflict, compose_path

    created = next((e for p in parts for e in p.edits if e.op == "create"), None)
    texts = {path: Source(path, data) for path, data in task.others.items()}
    origin = created.moved.path if created and created.moved else ""
    try:
        if strange := [*_strangers(file, parts, texts)]:
            return _Attempt({}, tuple(strange))
        files = compose_path(file, parts, texts.get(origin))
    except (Conflict, Unreadable) as error:
        return _Attempt({}, (str(error),))
    if not file.is_python:
        return _Attempt(files, origin=origin)
    problems: list[str] = []
    lost: list[str] = []
    gained: list[str] = []
    newer = any(_NEWER.search(e.new) for part in parts for e in part.edits)
    known = {name for text in texts.values() if text.is_python for name in undefined(text)}
    for before, after in _pairs(file, files, created):
        if after.data or not before.data:
            problems += broken(before, after, task.minimum if newer else None, known)
        if not problems:
            go, come = comments_between(before, after)
            lost, gained = [*lost, *missing(go, _deleted(file, parts))], [*gained, *come]
    return _Attempt(files, tuple(problems), Comments(tuple(lost), tuple(gained)), origin)


def _pairs(file: Source, files: Mapping[str, bytes | None], created: Edit | None) -> Iterator[tuple[Source, Source]]:
    """What stood in a file, and what has become of it."""
    for path, data in files.items():
        if created and path == file.path:
            yield Source(path, b""), Source(path, data or b"")
        elif data is not None:
            yield file, Source(file.path, data)
    if file.data and {p for p, data in files.items() if data is not None} <= ({file.path} if created else set()):
        yield file, Source(file.path, b"")


def _strangers(file: Source, parts: Iterable[Part], texts: Mapping[str, Source]) -> Iterator[str]:
    """What is said to move and is not what stands there."""
    for edit in (e for part in parts for e in part.edits if e.moved and e.moved.end):
        span = edit.moved
        assert span
        text = texts.get(span.path)
        if text is None:
            yield f"there is no file {span.path} that text could come from"
        elif NEWLINE.sub("\n", text.text[span.start : span.end]) != NEWLINE.sub("\n", edit.new):
            yield f"the text for {file.path} is not what stands at {span.path}:{text.line_of(span.start)}"


def _deleted(file: Source, parts: Iterable[Part]) -> list[str]:
    """The comments in text that goes on purpose."""
    whole = 0, len(file.text)
    spans = [whole if e.op == "delete" else (e.start, e.end) for p in parts if p.deletes_comments for e in p.edits]
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
    strange = {part: skip for part in found.parts if (skip := not_encodable(file, part))}
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
