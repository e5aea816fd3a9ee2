"""What the processes of a command have noted, as evidence: each wrote lines into a file of its own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from codemods.facts.exceptions.evidence import Arrived, Evidence, Identity, Observed, Origin

from ..disk import read_own
from ..terminal import quoted
from .clauses import Targets

_ORIGINS: tuple[Origin, ...] = get_args(Origin)
_Key = tuple[int, str, Origin]


@dataclass
class Seen:
    """The notes of all processes together."""

    counts: Counter[_Key] = field(default_factory=Counter)
    entered: set[int] = field(default_factory=set)
    types: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)  # the MRO and the project's file
    pythons: Counter[str] = field(default_factory=Counter)  # processes by version
    changed: set[str] = field(default_factory=set)  # files that were not as they had been read
    killed: int = 0  # processes that ended without a last word
    lost: int = 0  # processes that another tracer took over
    deaf: int = 0  # of a Python that is too old
    failed: list[str] = field(default_factory=list)

    @property
    def processes(self) -> int:
        return sum(self.pythons.values())


def read(records: Path) -> Seen:
    """All files of the folder. A line that is cut off, or that nobody of ours wrote, is passed over."""
    seen = Seen()
    for path in sorted(records.iterdir()):
        if path.name.startswith("old-"):
            seen.deaf += 1
            continue
        own: dict[_Key, int] = {}
        lines = list(_lines(path))
        for told in lines:
            _take(told, seen, own)
        seen.counts.update(own)
        seen.killed += not any("end" in told for told in lines)
        seen.lost += any("lost" in told for told in lines)
    return seen


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        data = read_own(path)
    except OSError:
        return
    for line in data.split(b"\n"):
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict):
            yield told


def _take(told: dict[str, Any], seen: Seen, own: dict[_Key, int]) -> None:
    match told:
        case {"python": str(version)}:
            seen.pythons[version] += 1
        case {"entered": int(number)}:
            seen.entered.add(number)
        case {"type": str(name), "mro": [*mro], "path": str(path)}:
            seen.types.setdefault(name, (tuple(map(str, mro)), path))
        case {"seen": [int(number), str(name), str(word), int(count)]}:
            for origin in _ORIGINS:  # a later line of the same process counts all that came before it
                if origin == word:
                    own[number, name, origin] = max(count, own.get((number, name, origin), 0))
        case {"changed": str(path)}:
            seen.changed.add(path)
        case {"failed": str(why)}:
            seen.failed.append(why)


def evidence(seen: Seen, targets: Targets, command: Sequence[str], code: int) -> Evidence:
    """What was seen, clause by clause; nothing of a file that was not as it had been read."""
    arrived: dict[int, list[Arrived]] = {}
    for (number, name, origin), count in sorted(seen.counts.items()):
        mro, path = seen.types.get(name, ((name,), ""))
        arrived.setdefault(number, []).append(Arrived(name=name, origin=origin, count=count, mro=mro, path=path))
    clauses: dict[tuple[str, Identity], Observed] = {}
    for number, target in enumerate(targets.found):
        if target.path not in seen.changed:
            clauses[target.path, target.identity] = Observed(
                line=target.line,
                entered=number in seen.entered or number in arrived,
                arrived=tuple(arrived.get(number, ())),
            )
    return Evidence(
        clauses=clauses,
        digests={path: d for path, d in targets.digests.items() if path not in seen.changed},
        command=tuple(command),
        exit_code=code,
        pythons=tuple(sorted(seen.pythons)),
        remarks=tuple(_remarks(seen)),
    )


def processes(count: int) -> str:
    return "1 process" if count == 1 else f"{count:,} processes"


def _remarks(seen: Seen) -> Iterator[str]:
    if seen.lost:
        yield (
            f"{processes(seen.lost)} lost the tracing for a while, to another tool (coverage, a debugger) or by too deep a "
            "recursion: what came then is not seen; leave the tool out (pytest --no-cov), or use Python 3.12 or newer"
        )
    if seen.killed:
        yield f"{processes(seen.killed)} ended without a last word: the counts there are at least half of the true ones"
    if seen.deaf:
        yield f"{processes(seen.deaf)} of a Python older than 3.8 were not looked at"
    for path in sorted(seen.changed):
        yield f"{quoted(path)}: not the same when it was imported as before; nothing of it counts"
    for why in sorted({*seen.failed}):
        yield f"a process could not be looked at: {why}"
