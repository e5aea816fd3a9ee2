"""A plan split into items: which files go into one pull request, and by what name it is called.

Files that one change links stay together. A name is a readable word, and stays: what a pull request of the batch holds
already stays with that as long as it still changes, whatever comes or goes beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from unicodedata import normalize

from codemods.engine.values import Change, Safety
from codemods.engine.world import matches_glob

from ..diff import Size, patch, sizes
from ..links import linked
from ..message import plural
from ..outcome import Report
from ..steps import staged
from ..terminal import quoted
from .owners import Owners
from .settings import BatchSettings
from .values import Item

_LONGEST = 50  # letters of a key
_NONE = Size(0, 0)
Files = Mapping[str, bytes | None]


def split(
    report: Report,
    settings: BatchSettings,
    owners: Owners,
    held: Mapping[str, Collection[str]] | None = None,
    closed: Collection[str] = (),
) -> tuple[Item, ...]:
    """The items of what was made, in the order of their keys within each phase.

    `held` has the files that the items of this batch hold at the remote, by key; nothing for a key that is taken and
    holds none any more. Those that are `closed` get no other files.
    """
    used = {key.casefold() for key in held or {}}
    found: list[Item] = []
    units = list(_units(report, settings.by_step))
    mine = _by_unit(held or {}, [unit.name for unit in units])
    for unit in units:
        found += _Split(unit, settings, owners, mine[unit.name], closed).items(used)
    return tuple(found)


# ---- what is split -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Unit:
    """What is split as one: everything, or a step, or a stage of one."""

    before: Mapping[str, bytes]
    after: Files
    paths: Collection[str]
    changes: Sequence[Change]
    sizes: Mapping[str, Size]
    name: str = ""  # keys begin with it
    phase: int = 0
    step: int | None = None
    stage: int | None = None


def _units(report: Report, by: str) -> Iterator[_Unit]:
    if not by:
        paths = {path for done in report.steps for _, files in staged(done.composed) for path in files}
        changes = [change for done in report.steps for change in done.composed.applied]
        yield _Unit(report.before, report.after, paths, changes, _sizes(report, report.before, report.after))
        return
    names = [done.step.spec.codemod().name for done in report.steps]
    phase = 0
    for number, done in enumerate(report.steps):
        name = names[number] if names.count(names[number]) == 1 else f"{names[number]}-step-{number + 1}"
        found = staged(done.composed)
        if by == "codemod" and found:
            found = [(-1, {path: done.composed.files[path] for _, each in found for path in each})]
        has_stages = any(change.stage for change in done.step.changes)
        now: dict[str, bytes | None] = dict(done.composed.before)
        for stage, files in found:
            before = {path: data for path in files if (data := now.get(path)) is not None}
            now |= files
            yield _Unit(
                before=before,
                after=files,
                paths=files.keys(),
                changes=[c for c in done.composed.applied if stage in (-1, c.stage)],
                sizes=_sizes(report, before, files),
                name=name if stage == -1 or not has_stages else f"{name}-stage-{stage}",
                phase=number if by == "codemod" else phase,
                step=number,
                stage=None if stage == -1 else stage,
            )
            phase += 1


def _sizes(report: Report, before: Mapping[str, bytes], after: Files) -> Mapping[str, Size]:
    """How large the diff of each file is, as `--stat` counts it."""
    return sizes(patch(before, after, report.modes, moves=report.moves))


def _by_unit(held: Mapping[str, Collection[str]], units: Sequence[str]) -> dict[str, dict[str, Collection[str]]]:
    """What is held, by the unit whose name the key begins with."""
    found: dict[str, dict[str, Collection[str]]] = {name: {} for name in units}
    for key, paths in held.items():
        fitting = [name for name in units if not name or key == name or key.startswith(f"{name}-")]
        if fitting:
            found[max(fitting, key=len)][key] = paths
    return found


# ---- how it is split ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Linked:
    """Files that cannot be told apart, and what they weigh."""

    paths: tuple[str, ...]
    lines: int
    size: int


@dataclass
class _Bin:
    """An item to be."""

    group: str = ""
    key: str = ""
    contents: list[_Linked] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    weight: tuple[int, int, int] = (0, 0, 0)  # files, lines and bytes of what `put` has put there

    def put(self, one: _Linked) -> None:
        self.contents.append(one)
        self.weight = self.weight_with(one)

    def weight_with(self, one: _Linked) -> tuple[int, int, int]:
        files, lines, size = self.weight
        return files + len(one.paths), lines + one.lines, size + one.size


@dataclass(frozen=True)
class _Split:
    unit: _Unit
    settings: BatchSettings
    owners: Owners
    held: Mapping[str, Collection[str]]
    closed: Collection[str]

    def items(self, used: set[str]) -> list[Item]:
        bins, loose = self._held_bins()
        for one in bins:
            counts = Counter(g for each in one.contents for g in [self._group(each.paths)] * len(each.paths))
            one.group = min(counts, key=lambda group: (-counts[group], group))
        groups: dict[str, list[_Linked]] = {}
        for one_linked in loose:
            groups.setdefault(self._group(one_linked.paths), []).append(one_linked)
        for group in sorted(groups):
            mine = [one for one in bins if one.group == group and one.key not in self.closed]
            for made in self._filled(group, groups[group], mine):
                made.key = _free(self._word(group), used)
                bins.append(made)
        return [self._item(one) for one in sorted(bins, key=lambda one: _natural(one.key))]

    def _components(self) -> list[_Linked]:
        anchors = {change.anchor: change.places for change in self.unit.changes}
        links = [change.places for change in self.unit.changes]
        # what needs another change is not there without it
        links += [
            change.places | anchors[need] for change in self.unit.changes for need in change.needs if need in anchors
        ]
        places = {*self.unit.paths, *(path for link in links for path in link)}
        found = []
        for group in linked(sorted(places), links):
            paths = tuple(sorted(path for path in group if path in self.unit.paths))
            told = [self.unit.sizes.get(path, _NONE) for path in paths]
            if paths:
                found.append(_Linked(paths, sum(s.lines for s in told), sum(s.bytes for s in told)))
        return sorted(found, key=lambda one: one.paths)

    def _held_bins(self) -> tuple[list[_Bin], list[_Linked]]:
        """The files that an item holds already, in it, and the others."""
        key_of = {path: key for key in sorted(self.held, reverse=True) for path in self.held[key]}
        bins: dict[str, _Bin] = {}
        loose = []
        for one in self._components():
            counts = Counter(key_of[path] for path in one.paths if path in key_of)
            if not counts:
                loose.append(one)
                continue
            key = min(counts, key=lambda k: (-counts[k], _natural(k)))
            mine = bins.setdefault(key, _Bin(key=key))
            mine.put(one)
            mine.notes += [
                f"{quoted(path)} was in {key_of[path]}; a change links it to this one now"
                for path in one.paths
                if key_of.get(path, key) != key
            ]
        return list(bins.values()), loose

    def _filled(self, group: str, contents: Sequence[_Linked], held: Sequence[_Bin]) -> list[_Bin]:
        """Put files into the items of their group that have room; gives those that are made for the others."""
        made: list[_Bin] = []
        current: _Bin | None = None
        for one in contents:
            if found := next((each for each in held if self._fits(each, one)), None):
                found.put(one)
            elif current is not None and self._fits(current, one):
                current.put(one)
            else:
                made.append(_Bin(group=group))
                if self._fits(made[-1], one):  # else it is too large even alone
                    current = made[-1]
                made[-1].put(one)
        return made

    def _fits(self, one: _Bin, more: _Linked) -> bool:
        return not self._beyond(*one.weight_with(more))

    def _beyond(self, files: int, lines: int, size: int) -> list[str]:
        """What is larger than the caps allow."""
        caps = self.settings
        if caps.split == "none":
            return []
        told = []
        if files > caps.max_files:
            told.append(f"{plural(files, 'file')}, --max-files {caps.max_files:,}")
        if lines > caps.max_lines:
            told.append(f"{plural(lines, 'line')}, --max-lines {caps.max_lines:,}")
        if size > caps.max_kilobytes * 1000:
            told.append(f"{size / 1000:,.0f} kB, --max-kilobytes {caps.max_kilobytes:,}")
        return told

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """Which of the unit's changes are about a file."""
        found: dict[str, list[int]] = {}
        for number, change in enumerate(self.unit.changes):
            for path in change.places:
                found.setdefault(path, []).append(number)
        return found

    # ---- names -----------------------------------------------------------------------------

    def _group(self, paths: Sequence[str]) -> str:
        """What files have in common by which they are split."""
        kind, _, depth = (self.settings.split or ("owner" if self.owners.place else "directory")).partition(":")
        if kind == "owner" and (found := self.owners.of_all(paths)):
            return ", ".join(found)
        if kind == "glob":
            fitting = (g for g in self.settings.globs if any(matches_glob(path, (g,)) for path in paths))
            return next(fitting, "the rest")
        if kind in ("owner", "directory"):
            counts = Counter(_folder(path, int(depth or 1)) for path in paths)
            return min(counts, key=lambda folder: (-counts[folder], folder))
        return ""

    def _word(self, group: str) -> str:
        word = "-".join(filter(None, [self.unit.name, slug(group) if group else ""]))
        return slug(word) if word else "all" if self.settings.split == "none" else "part"

    def _item(self, one: _Bin) -> Item:
        paths = tuple(sorted(path for each in one.contents for path in each.paths))
        numbers = sorted({number for path in paths for number in self._numbers.get(path, ())})
        changes = [self.unit.changes[number] for number in numbers]
        files, lines, size = one.weight
        notes = list(dict.fromkeys(one.notes))
        if beyond := self._beyond(files, lines, size):
            linked = "its changes link all its files" if len(one.contents) == 1 and files > 1 else ""
            why = linked or ("it is one file" if files == 1 else "its files were in it before")
            notes.append(f"larger than asked for ({'; '.join(beyond)}): {why}")
        return Item(
            key=one.key,
            about=one.group,
            paths=paths,
            changes=tuple(dict.fromkeys(change.key for change in changes)),
            lines=lines,
            size=size,
            owners=self.owners.of_all(paths),
            unsafe=sum(change.safety is not Safety.SAFE for change in changes),
            phase=self.unit.phase,
            step=self.unit.step,
            stage=self.unit.stage,
            notes=tuple(notes),
        )


def _folder(path: str, depth: int) -> str:
    """The folder of a file, so many levels deep; `.` for the top."""
    return "/".join(path.split("/")[:-1][:depth]) or "."


def slug(text: str) -> str:
    """A word that can stand in the name of a branch, on any disk."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    word = re.sub("[^a-z0-9_]+", "-", plain).strip("-")
    if text == ".":
        word = "top"
    if not word or len(word) > _LONGEST:
        digest = sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:6]
        word = f"{word[: _LONGEST - 7].rstrip('-')}-{digest}".strip("-")
    return word


def _free(word: str, used: set[str]) -> str:
    """The first key of a word that nobody has."""
    number = 1
    key = word
    while key in used:
        number += 1
        key = f"{word}-{number}"
    used.add(key)
    return key


def _natural(key: str) -> tuple[str, int, str]:
    """`tests-2` before `tests-10`."""
    word, _, number = key.rpartition("-")
    return (word, int(number), key) if number.isdigit() and word else (key, 1, key)
