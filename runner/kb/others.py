"""Exceptions of other libraries, as the knowledge base has them."""

from __future__ import annotations

from functools import cache

from codemods.facts.exceptions import knowledge

BASE = "builtins.BaseException"


@cache
def error(dotted: str) -> str:
    """Where a class of exceptions is kept that code calls by a dotted name; "" for anything else."""
    modules = knowledge.Modules()
    seen: set[str] = set()
    while dotted not in seen:
        seen.add(dotted)
        module, name = knowledge.split(dotted)
        facts = modules.get(module)
        if facts is None:
            break
        if name in facts.classes:
            bases = facts.classes[name].bases
            return dotted if dotted == BASE or any(map(error, bases)) else ""
        dotted = next(iter(facts.variables.get(name, ())), dotted)
    return ""
