"""Whether a scope can call something otherwise: is the new name free where the old one stands, and would it hide another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from ...engine.grouping import grouped
from ...engine.names import Names
from ...engine.scopes import Scope
from ...engine.tables import BUILTINS
from ...engine.tokens import Token, Tokens
from .data import Clash

Homes = Mapping[tuple[str, str], Scope]  # by how they are written, and old word


def clashes(
    names: Names, tokens: Tokens, words: Mapping[str, Sequence[str]], homes: Homes
) -> dict[tuple[str, str, str], tuple[Clash, ...]]:
    """By scope, old and new word."""
    bound = grouped(((t.target or names.module, t.name), t) for t in tokens.tokens)
    inside = grouped(((scope, t.name), t) for t in tokens.tokens for scope in t.scope.ancestors())
    found = {}
    for (home, old), scope in homes.items():
        for new in words[old]:
            if told := tuple(
                dict.fromkeys(_of(names, scope, bound.get((scope, old), ()), inside.get((scope, new), ()), new))
            ):
                found[home, old, new] = told
    return found


def _of(names: Names, home: Scope, mine: Sequence[Token], others: Sequence[Token], new: str) -> Iterator[Clash]:
    for binding in home.names.get(new, ()):
        yield Clash(binding.line, f"{new} is bound here already")
    for token in mine:
        for scope in token.scope.ancestors():
            if scope is home:
                break
            if home is names.module and scope is token.scope and names.is_early(token.node, scope, new):
                continue  # `class C: new = old`: Python asks the module, for the class binds it only then
            if not (scope.is_class and scope is not token.scope) and (bound := scope.names.get(new)):
                yield Clash(bound[0].line, f"{new} would hide it in line {token.line}")
    for token in others:  # what is read from farther outside today
        visible = not home.is_class or token.scope is home
        inner = takewhile(lambda scope: scope is not home, token.scope.ancestors())
        if visible and token.target not in (home, *inner) and token.kind != "import":
            what = "the builtin " if token.target is None and new in BUILTINS else ""
            yield Clash(token.line, f"{what}{new} is used here")
