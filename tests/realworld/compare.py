"""Before and after: the fixture graph of every test, and how every test ended."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Rename:
    old: str
    new: str

    def follow(self, test: str, after: Container[str]) -> str:
        """The test's id after the rename: `[db0]` stands for a value of `db` that has no name."""
        if test in after:
            return test
        return re.sub(rf"(?<=[\[-]){re.escape(self.old)}(?=\d+[\]-])", self.new, test)

    def allows(self, before: str, after: str) -> bool:
        return after == before or (before, after) == (self.old, self.new)


def _lines(path: Path) -> Iterator[Any]:
    with path.open() as lines:
        yield from map(json.loads, lines)


def graphs(before: Path, after: Path, rename: Rename | None) -> tuple[list[str], Counter[str]]:
    """What differs beyond OLD → NEW, and numbers of what was compared."""
    same = rename or Rename("", "")
    new = {record["id"]: record for record in _lines(after)}
    old = {same.follow(record["id"], new): record for record in _lines(before)}
    wrong = [f"test gone: {name}" for name in sorted(old.keys() - new.keys())]
    wrong += [f"test appeared: {name}" for name in sorted(new.keys() - old.keys())]
    count = Counter(tests=len(old))
    for name in old.keys() & new.keys():
        bad = list(_differences(old[name], new[name], same))
        wrong += [f"{name}: {text}" for text in bad]
        count["identical"] += not bad
        count["touched"] += old[name]["edges"] != new[name]["edges"]
        count["reordered"] += len(old[name]["asks"]) == len(new[name]["asks"]) and not all(
            map(same.allows, old[name]["asks"], new[name]["asks"])
        )
        count["ids"] += old[name]["id"] != name
    return wrong, count


def _differences(before: dict[str, Any], after: dict[str, Any], rename: Rename) -> Iterator[str]:
    if before["marks"] != after["marks"]:
        yield f"marks {before['marks']}, after {after['marks']}"
    left: dict[tuple[str, str], list[str]] = {}
    right: dict[tuple[str, str], list[str]] = {}
    for record, side in ((before, left), (after, right)):
        for asker, name, answer in record["edges"]:
            side.setdefault((asker, answer), []).append(name)
    for edge in left.keys() | right.keys():
        was, now = sorted(left.get(edge, [])), sorted(right.get(edge, []))
        renamed = sorted(rename.new if name == rename.old else name for name in was)
        if now not in (was, renamed):
            yield f"{edge[0]} → {edge[1]} by {was or 'nothing'}, after by {now or 'nothing'}"


def outcomes(before: Path, after: Path, rename: Rename | None) -> tuple[list[str], Counter[str]]:
    same = rename or Rename("", "")
    new = _ends(after)
    old = {same.follow(test, new): end for test, end in _ends(before).items()}
    wrong = [
        f"{test}: {old.get(test, 'did not run')} → {new.get(test, 'did not run')}"
        for test in sorted(old.keys() | new.keys())
        if old.get(test) != new.get(test)
    ]
    return wrong, Counter(old.values())


def _ends(path: Path) -> dict[str, str]:
    """Test → how its phases ended, those that say something."""
    ends: dict[str, str] = {}
    for test, when, outcome in _lines(path):
        ends[test] = f"{ends[test]}, {when} {outcome}" if test in ends else f"{when} {outcome}"
    return ends
