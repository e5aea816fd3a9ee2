"""How to ask for the same again: written anew from what was understood, never from the words that were typed.

So one plan has one command, and thereby one commit, whatever the spelling: `-nv`, `-j1`, `--old=db`, any
order, options that only say what holds anyway. What says how to show or to hurry is of no matter.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .named import is_below, relative


@dataclass(frozen=True)
class Command:
    """A `codemod run` in its parts. Names that end in `.py` and `source` are files, by absolute path."""

    where: Path = Path()  # the folder in which it was typed
    names: tuple[str, ...] = ()
    options: tuple[str, ...] = ()  # that alter what is made
    place: tuple[str, ...] = ()  # that say where it goes: a commit is the same on any branch
    source: str = ""  # the configuration that was named, "-" for none at all
    planned: tuple[str, ...] = ()  # of a plan that is made again: its own command, as it stands there

    def here(self, paths: Sequence[str]) -> tuple[str, ...]:
        """To be typed where the user stands."""
        return self._words(lambda path: _nearer(path, self.where), (*self.options, *self.place), paths)

    def anywhere(self, top: Path, paths: Sequence[str]) -> tuple[str, ...]:
        """To be typed at the top of the repository, on any machine: a commit message holds it.

        A file outside of the repository is called by its last name: where it lies is nobody's business.
        """
        return self._words(lambda path: below(path, top), self.options, _whole(paths))

    def _words(self, shown: Callable[[str], str], options: Sequence[str], paths: Sequence[str]) -> tuple[str, ...]:
        if self.planned:
            return self.planned
        names = ",".join(shown(name) if name.endswith(".py") else name for name in self.names)
        source = ["--isolated"] if self.source == "-" else ["--config", shown(self.source)] if self.source else []
        dashes = ["--"] if any(word.startswith("-") for word in paths) else []
        return ("run", names, *source, *options, *dashes, *paths)


def _whole(paths: Sequence[str]) -> list[str]:
    """Paths from the top; that which means everything need not be said."""
    return [] if list(paths) == [""] else [path or "." for path in paths]


def _nearer(path: str, where: Path) -> str:
    """A file as one would type it: from here where it lies below, else the whole path."""
    near = os.path.relpath(path, where)
    return near if is_below(near) else path


def below(path: str, top: Path) -> str:
    """A file from the top where it lies below that, by its last name elsewhere."""
    inside = relative(path, top)
    return inside if is_below(inside) else os.path.basename(path)
