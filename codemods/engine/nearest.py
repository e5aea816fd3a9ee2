"""What to say of a word that names nothing: the names that are spelled like it."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def nearest(word: str, known: Iterable[str], most: int = 1) -> list[str]:
    """The names that are spelled most like a word, the nearest first."""
    import difflib  # only who has mistyped needs it

    return difflib.get_close_matches(word, sorted(known), n=most)


def did_you_mean(
    word: str, known: Iterable[str], shown: Callable[[str], str] = str, most: int = 1, what: str = "known: "
) -> str:
    """The end of "there is no such name": the nearest ones, else all after `what`; nothing where that is ""."""
    names = sorted(known)
    if near := nearest(word, names, most):
        return f"; did you mean {' or '.join(map(shown, near))}?"
    return f"; {what}{', '.join(names)}" if what and names else ""
