"""What is done where nothing says what a mock stands for: Python's own protocols, wrappers, and a reason for the rest."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable

from ..facts.types.entity import STEP
from . import awaitables, reach
from .coroutines import Answer
from .mocks import Mocks
from .sites import CONFIG, Site
from .value import OWN

_NOTHING = "nothing says what it stands for"
_AWAITED = ("__aenter__", "__aexit__", "__anext__")  # Python awaits what these give, whatever the object is


def by_language(site: Site) -> str | None:
    """The special method that a mock stands for and whose result Python awaits."""
    return next((n for n in site.names if n in _AWAITED), None) if set(site.names) <= {*_AWAITED} else None


def wrapped(mocks: Mocks, site: Site) -> str | None:
    """The function that gets the mock, where the test calls what that gives and awaits it: `await retry(mock)()`."""
    for use in (site.node, *site.uses):
        call = mocks.places.taking(use)
        if call is None or use not in call.args or mocks.mock_name(call.func):
            continue
        made: list[ast.expr] = [call]  # what it gives, at once or by a name
        parent = mocks.file.parents.get(call)
        if isinstance(parent, ast.Assign) and (place := mocks.places.place(parent.targets[0])) is not None:
            made += mocks.places.uses.get(place, [])
        if any(reach.ends(mocks, c) for c in filter(None, map(mocks.places.calling, made))):
            return ast.unparse(call.func)
    return None


def runs(mocks: Mocks, site: Site) -> bool:
    """Whether the mock belongs to async code: it stands in a coroutine function, or in what is shared in a file of such."""
    homes = [f for node in (site.node, *site.uses) for f in mocks.places.functions_around(node)]
    if any(isinstance(home, ast.AsyncFunctionDef) for home in homes):
        return True
    shared = not homes or any(not mocks.places.fixtures.is_test(home) for home in homes)
    return shared and any(isinstance(node, ast.AsyncFunctionDef) for node in mocks.places.nodes)


def wraps(mocks: Mocks, site: Site, ask: Callable[[str], Answer]) -> bool:
    """Whether a mock wraps a coroutine function."""
    return site.wrapped is not None and awaitables.effect(mocks, site.wrapped, ask) == awaitables.YES


# ---- a reason for what is left -----------------------------------------------------------------


def left(mocks: Mocks, site: Site, ask: Callable[[str], Answer]) -> str:
    """Why a mock is left alone that may be one of a coroutine function; "" where nothing hints at that."""
    if any(name.startswith("__") for name in site.names):
        return ""  # Python calls it, and awaits nothing
    for name in (*site.names, *children(mocks, site)):
        answer = ask(f"?.{name}")
        if answer.kind not in ("unknown", "") and (runs(mocks, site) or answer.where):
            what = f"the project awaits a `{name}` in {answer.where}"
            return f"{_NOTHING}: {what if answer.where else f'some `{name}` is a coroutine function'}"
    own = [a for a in _attributes(mocks, site) if not a.attr.startswith("__")]
    paths = [v.path for v in site.roles if v.path]
    if own and not (paths and STEP.findall(paths[0])[-1].isidentifier()):
        return ""  # its attributes have a judgement of their own
    if site.style not in ("call", "callable") or not runs(mocks, site):
        return ""
    if isinstance(mocks.file.parents.get(site.node), ast.Tuple | ast.List):
        return f"{_NOTHING}: it is one of several values"
    if paths:
        return f"{_NOTHING}: {_for_people(paths[0])} is not known"
    if site.names:
        return f"{_NOTHING}: what has this `{site.names[0]}` is not known"
    calls = filter(None, map(mocks.places.taking, (site.node, *site.uses) if not own else ()))
    taking = next((ast.unparse(call.func) for call in calls if not mocks.mock_name(call.func)), "")
    return taking and f"{_NOTHING}: what `{taking}` takes is not known"


def whole(mocks: Mocks, site: Site, answers: Iterable[Answer]) -> str:
    """Why a mock of a whole object is left alone whose class has coroutine functions that the test does not set, or
    the one that a `with` block calls, whose value may be awaited."""
    if site.style != "call" or not runs(mocks, site):
        return ""
    if site.names == ("__enter__",):
        unknown = any(a.kind == "object" and a.awaitable != "no" for a in answers)
        return "it gives what a `with` block gets, and nothing says that this is not awaited" if unknown else ""
    told = {a.attr for a in _attributes(mocks, site) if _is_site(mocks, a)}
    found = next((a for a in answers if a.kind == "object" and a.methods and not a.methods & told), None)
    reason = "and has no spec that makes its coroutine functions async"
    return f"it stands for a whole {found.name}, {reason}" if found else ""


def children(mocks: Mocks, site: Site) -> list[str]:
    """The attributes of a mock that the test speaks of, and that are no mocks with a judgement of their own."""
    return sorted({a.attr for a in _attributes(mocks, site) if not _is_site(mocks, a)})


def _attributes(mocks: Mocks, site: Site) -> list[ast.Attribute]:
    parents = (mocks.file.parents.get(use) for use in site.uses) if site.style == "call" else ()
    return [p for p in parents if isinstance(p, ast.Attribute) and p.attr not in (*OWN, *CONFIG)]


def _is_site(mocks: Mocks, attribute: ast.Attribute) -> bool:
    """Whether an attribute of a mock is assigned or configured."""
    place = mocks.places.place(attribute)
    keys = ("", *(f".{name}" for name in CONFIG))
    return place is not None and any(mocks.places.bindings.get((place[0], place[1] + key)) for key in keys)


def _for_people(path: str) -> str:
    """`start` in a.b, or the parameter of `start`, for a type path."""
    steps = [s for s in STEP.findall(path.removeprefix("fixture:")) if s not in ("()", "*", "!", "~")]
    last = steps[-1] if steps else path
    if not last.startswith("#"):
        return f"`{last}`"
    function = f"`{steps[-2]}`" if len(steps) > 1 else "a function"
    return f"what {function} takes as {f'argument {int(last[1:]) + 1}' if last[1:].isdigit() else f'`{last[1:]}`'}"
