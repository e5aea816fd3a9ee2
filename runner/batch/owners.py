"""Who owns which file, by the CODEOWNERS of a commit: never by that of the working tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ..git import Repository
from ..trees import REGULAR

if TYPE_CHECKING:
    from codeowners import CodeOwners

Kind = Literal["github", "gitlab", ""]
# where a forge looks, in this order
_PLACES: dict[Kind, tuple[str, ...]] = {
    "github": (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    "gitlab": ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
    "": (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
}
_LARGEST = 3_000_000  # bytes; GitHub reads no larger one
_STARS = 3  # of one name in a pattern, more would be tried in too many ways
_SECTION = re.compile(r"\^?\[(?P<name>[^\]]+)\](?:\[\d+\])?(?P<owners>(?:\s+\S+)*)\s*")


@dataclass(frozen=True)
class Owners:
    """The owners of files. `place` is where that is written, "" where nothing is."""

    place: str = ""
    text: str = field(default="", repr=False)
    kind: Kind = ""
    remark: str = ""  # why a file that is there says nothing

    @classmethod
    def at(cls, repository: Repository, commit: str, kind: Kind = "") -> Owners:
        """Those that a commit names, as this kind of forge reads them."""
        tree = repository.tree(commit)
        for place in _PLACES[kind]:
            entry = tree.get(place)
            if entry is None or entry.mode not in REGULAR:
                continue
            data = repository.read([entry.oid], _LARGEST)[entry.oid]
            if len(data) > _LARGEST:
                return cls(kind=kind, remark=f"{place} is larger than {_LARGEST / 1e6:g} MB, no forge reads it")
            return cls(place=place, text=data.decode("utf-8-sig", "replace"), kind=kind)
        return cls(kind=kind)

    def of(self, path: str) -> tuple[str, ...]:
        """The owners of a file, as they are written: `@login`, `@org/team` or an address."""
        return tuple(dict.fromkeys(owner for section in self._sections for owner in section.of(path)))

    def of_all(self, paths: Iterable[str]) -> tuple[str, ...]:
        """The owners that files have together, sorted."""
        return tuple(sorted({owner for path in paths for owner in self.of(path)}))

    @cached_property
    def _sections(self) -> Sequence[_Section]:
        """Each section has its own last word on a file; GitHub has one for all, and passes over what it does not know."""
        sections: list[tuple[list[str], str]] = [([], "")]
        for line in self.text.split("\n"):
            line = re.sub(r"(^|\s)#.*", "", line).strip()
            found = None if self.kind == "github" else _SECTION.fullmatch(line)
            if found:
                sections.append(([], found["owners"]))
            elif line and not line.startswith("!") and "[" not in line.split()[0] and _is_pattern(line):
                sections[-1][0].append(line)
        return [_Section(lines, default.split()) for lines, default in sections if lines]


def _is_pattern(line: str) -> bool:
    """Whether a line can be read, and its pattern can be tried on a path in no time whoever wrote it."""
    from codeowners import CodeOwners

    path = line.replace("\\ ", "").split()[0]
    if path.count("**") > _STARS or any(len(re.findall(r"\*+", word)) > _STARS for word in path.split("/")):
        return False
    try:
        CodeOwners(line)
    except (ValueError, re.error, RecursionError):
        return False
    return True


class _Section:
    """Some lines of a CODEOWNERS file, and whom a line without owners means."""

    def __init__(self, lines: Sequence[str], default: Sequence[str]) -> None:
        from codeowners import CodeOwners

        self.rules: CodeOwners = CodeOwners("\n".join(lines))
        self.default = tuple(default)
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, path: str) -> tuple[str, ...]:
        if path not in self._known:
            owners, line, *_ = self.rules.matching_line(path)
            self._known[path] = tuple(name for _, name in owners) if owners or line is None else self.default
        return self._known[path]
