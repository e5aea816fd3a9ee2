"""A file of the knowledge base as text, and what is said of how it came about."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .build import Ground


def text(library: str, ground: Ground) -> str:
    """JSON with a line for each name, so that a change of it can be read, and an empty one around each module: so whoever
    reads it need not parse them all."""
    seen = ground.observation
    versions = ", ".join(sorted(set(seen.distributions.values()))) or seen.python
    sources = {"o": f"its own tests, {versions}, Python {seen.python}", "r": "`raise` statements of its source"}
    if ground.flowed:
        sources["f"] = "the flow of exceptions over its source"
    if ground.documented.callables:
        sources["d"] = "its documentation"
    if any("*" in key for key in ground.documented.callables):
        sources["b"] = "what its documentation says of all its exceptions"
    for weak in ground.weak:
        sources[f"w{weak.word}"] = weak.told
        if any(exact for said in weak.entries.values() for exact in said.values()):
            sources[f"x{weak.word}"] = f"{weak.told}, marked exact"
    head = _plain({"library": library, "versions": versions, "sources": sources})
    return laid_out(head, ground.modules())


def laid_out(head: str, modules: Mapping[str, Any]) -> str:
    """A file: the part before its modules as JSON, and these."""
    texts = ",\n\n".join(f"{_plain(name)}:{_lines(written, 2)}" for name, written in modules.items())
    return f'{head[:-1]},"modules":{{\n\n{texts}\n\n}}}}\n'


def _lines(value: Any, levels: int) -> str:
    if not levels or not isinstance(value, Mapping):
        return _plain(value)
    return "{\n" + ",\n".join(f"{_plain(name)}:{_lines(inner, levels - 1)}" for name, inner in value.items()) + "}"


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def told(ground: Ground) -> Iterator[str]:
    """Where sources say different things, side by side, and what there is in all."""
    for found in ground.disagreements():
        yield found.name
        for source, names in found.said.items():
            yield f"    {source:17} {', '.join(name.removeprefix('builtins.') for name in names)}"
    modules = ground.modules().values()
    callables = [told for written in modules for told in written.get("callables", {}).values()]
    known = [told for told in callables if "raises" in told]
    yield (
        f"{len(callables):,} callables; of {len(known):,} is known what they raise, of {sum(not t['raises'] for t in known):,} "
        f"of these that it is nothing; {sum('total' in t for t in known):,} lists are complete"
    )
