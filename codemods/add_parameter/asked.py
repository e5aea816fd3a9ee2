"""What is asked for, and which files that may concern: known before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from ..facts.references.asked import files_of, word_of

INIT = "__init__"


@dataclass(frozen=True)
class Options:
    """The options that the plan depends on."""

    function: tuple[str, ...]
    parameter: str
    value: str
    value_in_tests: str
    doc: str
    all_overrides: bool


def words_of(functions: tuple[str, ...]) -> tuple[str, ...]:
    """The words that the functions are called by; of what may be a class its constructor's, too."""
    words = [word_of(dotted.removesuffix(f".{INIT}")) for dotted in functions]
    inits = [INIT for word in words if word.lstrip("_")[:1].isupper()]
    inits += [INIT for dotted in functions if dotted.endswith(f".{INIT}")]
    return tuple(dict.fromkeys([*words, *inits]))


def needles_of(functions: tuple[str, ...]) -> tuple[str, ...]:
    """The words that files are searched for: all that make an instance of a class, or a subclass, say its name."""
    return tuple(word for word in words_of(functions) if word != INIT)


def homes_of(functions: tuple[str, ...]) -> tuple[str, ...]:
    """The files in which they may be defined."""
    return files_of(part for dotted in functions for part in accumulate(dotted.split("."), "{}.{}".format))
