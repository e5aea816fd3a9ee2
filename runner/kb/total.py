"""When a list of exceptions may be called complete.

Of 429 callables in C that were both watched and read by another tool, its lists held everything that was seen for 216 only. So
a list is complete only where a static source marks every class of it exact, none of them is `Exception`, and it holds all that
was seen and all that is documented.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

ANYTHING = {"builtins.Exception", "builtins.BaseException", "builtins.ExceptionGroup", "builtins.BaseExceptionGroup"}


def may_be_total(
    exact: Collection[str], likely: Collection[str], seen: Collection[str], told: Collection[str]
) -> bool:
    """`exact` and `likely` are what a static source says, `seen` all that was seen but once too, `told` the documentation."""
    return bool(exact) and not likely and not ANYTHING & {*exact} and {*seen, *told} <= {*exact}


def keeps_rule(raises: Mapping[str, str]) -> bool:
    """Whether an entry that says `total` is one that may: every class of it has the word of an exact source."""
    exact = {name for name, words in raises.items() if any(word.startswith("x") for word in words.split())}
    return may_be_total(exact, {*raises} - exact, {*raises}, ())
