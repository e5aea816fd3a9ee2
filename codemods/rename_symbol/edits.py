"""Carry out what was planned for one file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..engine.edits import move_file
from ..engine.source import Source
from ..engine.values import Edit, Part, Safety, Skip
from .alias import NoAlias, insertion
from .orders import in_order
from .values import Job, Span


def parts(file: Source, jobs: Sequence[Job]) -> Iterator[Part | Skip]:
    """The edits of a file; those of comments apart, for of these the old text goes on purpose."""
    for job in jobs:
        safety = Safety.UNSAFE if job.unsafe else Safety.SAFE
        if job.to:
            yield Part(file.path, 1, job.reason, (move_file(file.path, job.to),), safety, job.group)
        code = sorted(_without_alias(file, span) if span[0] in job.same else span for span in job.spans)
        if job.imports:
            code = in_order(file, code, [s for each in jobs if each is not job for s in each.spans])
        try:
            code += [insertion(file, job.alias)] if job.alias is not None else []
        except NoAlias as error:
            yield Skip(file.path, job.line, "S06-no-alias", str(error), job.group)
        for spans, in_comments in ((code, False), (job.comments, True)):
            if spans:
                edits = tuple(_edit(file, span) for span in spans)
                yield Part(
                    file.path, job.line, job.reason, edits, safety, job.group, deletes_comments=in_comments
                )  # fmt: skip


def _without_alias(file: Source, span: Span) -> Span:
    """An imported name with its local name, which it has by itself now."""
    start, end, old, new = span
    alias = re.compile(rf"[ \t]+as[ \t]+{re.escape(new)}\b").match(file.text, end)
    return (start, alias.end(), old + alias[0], new) if alias is not None else span


def _edit(file: Source, span: Span) -> Edit:
    """One edit. Raises ValueError where the text is not what the plan says."""
    start, end, old, new = span
    if file.text[start:end] != old:
        raise ValueError(f"{old} does not stand where it was seen")
    return Edit(file.path, start, end, new)
