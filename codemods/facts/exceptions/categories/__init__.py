"""Why a clause that takes everything may stay as it is: the categories that a reader of the code would sign.

One answer for the codemod and the audit, from one file alone. What is not sure has none: a reader must agree with each
without looking further.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from ....engine.names import Names, keywords, last_name
from ....engine.source import Source
from ..broad import EVERYTHING, Broad, broad_clauses
from . import answers, bodies, entries, handlers, loops, signed
from .looks import Category, Code, Look

__all__ = ["Category", "Code", "Kind", "category", "counts"]

# the first that holds whatever the body can raise, else the first that holds where that is not known
_KINDS: tuple[Callable[[Look], Category | None], ...] = (
    signed.signed, handlers.reraises, signed.explained, bodies.yields, bodies.callback, bodies.plugin, bodies.probe, entries.web, entries.main,
    entries.task, entries.at_end, handlers.generic, loops.retries, loops.worker, loops.isolates, bodies.cleanup,
    bodies.side_effect, bodies.asks, entries.outcome, answers.answers, handlers.translates,
)  # fmt: skip


def category(file: Source, clause: Broad) -> Category | None:
    """Why a clause may stay, or None where nobody would say so without looking further."""
    look = Look(file=file, clause=clause)
    soft: Category | None = None
    for kind in _KINDS:
        found = kind(look)
        if found is not None and found.hard:
            return found
        soft = soft or found
    return soft


# what takes everything beside the clauses: a test that is content with any exception, and groups
Kind = Code | Literal["none", "raises", "groups"]


def counts(files: Mapping[str, Source]) -> dict[str, Counter[Kind]]:
    """For each file with such clauses, how many of each category: "none" for those that have none, "raises" for tests that
    take any exception with any text (`pytest.raises(Exception)`, `assertRaises(Exception)`), "groups" for `except*`."""
    found: dict[str, Counter[Kind]] = {}
    for path, file in files.items():
        here: Counter[Kind] = Counter()
        for clause in broad_clauses(file):
            if isinstance(clause.statement, ast.TryStar):
                continue
            here[known.code if (known := category(file, clause)) is not None else "none"] += 1
        here.update(_beside(file))
        if here:
            found[path] = here
    return found


def _beside(file: Source) -> Iterator[Kind]:
    if "Raises" not in file.text and "raises" not in file.text and "except*" not in file.text.replace(" ", ""):
        return
    names = file.once(Names)
    for node in ast.walk(file.tree):
        match node:
            case ast.Call(func=func, args=[taken, *_]) if names.meaning(taken) in EVERYTHING:
                tested = names.meaning(func) == "pytest.raises" and "match" not in keywords(node)
                if tested or last_name(func) in ("assertRaises", "failUnlessRaises"):
                    yield "raises"
            case ast.TryStar(handlers=handlers):
                for _ in handlers:
                    yield "groups"
