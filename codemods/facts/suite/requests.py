"""Which parameters pytest fills with fixtures: those that no default, `@patch`, `@given` or parametrize fills."""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterable, Iterator, Mapping

from ...engine.arguments import positional
from ...engine.names import Names, is_true, keywords, last_name
from ...engine.source import Function
from .tests import FixtureKind
from .texts import parametrized

LIBRARIES = ("pytest", "pytest_asyncio", "pytest_cases", "asyncio", "anyio", "unittest", "mock", "hypothesis")
FIXTURES: Mapping[str, FixtureKind] = {  # decorators that make a fixture, and whose they are
    "pytest.fixture": "pytest",
    "pytest.yield_fixture": "pytest",
    "_pytest.fixtures.fixture": "pytest",
    "_pytest.fixtures.yield_fixture": "pytest",
    "pytest_asyncio.fixture": "pytest_asyncio",
    "pytest_asyncio.plugin.fixture": "pytest_asyncio",
    "pytest_cases.fixture": "other",
    "pytest_cases.fixture_plus": "other",
    "pytest_trio.fixture": "other",
    "pytest_trio.trio_fixture": "other",
    "pytest_twisted.async_fixture": "other",
    "pytest_twisted.async_yield_fixture": "other",
}
_STEPS = frozenset(f"pytest_bdd.{word}" for word in ("given", "when", "then", "step"))
_STEP_ARGUMENT = re.compile(r"\{(\w+)|<(\w+)>|\(\?P<(\w+)>")
_PATCH = re.compile(r"(?:unittest\.)?mock(?:\.mock)?\.patch(\.object|\.multiple|\.dict)?$")


def fixture_maker(
    names: Names, node: ast.expr, known: Container[str] = FIXTURES
) -> tuple[str, list[ast.keyword]] | None:
    """The fixture decorator that an expression is, bare or called, an alias or a partial, and its keywords.

    Of two keywords of one name the later one counts.
    """
    given: list[ast.keyword] = []
    for _ in range(4):
        if isinstance(node, ast.Call):
            given = [*node.keywords, *given]
            partial = names.dotted(node.func) == "functools.partial" and node.args
            node = node.args[0] if partial else node.func
        elif (dotted := names.dotted(node)) in known:
            return dotted, given
        elif isinstance(node, ast.Name) and (value := names.value(node)) is not None:
            node = value
        else:
            return None
    return None


def free_parameters(node: Function | ast.Lambda, owner: str) -> list[str]:
    """Parameters without self, defaults and positional-only ones, as `getfuncargnames` lists them."""
    a = node.args
    found = [p.arg for p in a.args[: max(0, len(a.args) - len(a.defaults))]]
    decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
    static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in decorators)
    if owner and not static and not a.posonlyargs:
        found = found[1:]
    return found + [p.arg for p, d in zip(a.kwonlyargs, a.kw_defaults, strict=True) if d is None]


def filled_by_patch(names: Names, decorators: Iterable[ast.expr]) -> int:
    """How many leading parameters `@patch` and `@patch.object` fill."""
    count = 0
    for node in decorators:
        call = names.followed(node)
        if isinstance(call, ast.Call) and (match := _PATCH.match(names.dotted(call.func))):
            target = {None: 1, ".object": 2}.get(match[1])
            new = keywords(call).get("new") or (call.args[target] if target and len(call.args) > target else None)
            count += bool(target) and (new is None or names.dotted(new).endswith("mock.DEFAULT"))
    return count


def filled_by_given(names: Names, node: Function) -> tuple[set[str], bool]:
    """Parameters that hypothesis fills, keywords by name, positional strategies from the right; and whether it may fill
    more."""
    taken: set[str] = set()
    unsure = False
    for call in map(names.followed, node.decorator_list):
        if isinstance(call, ast.Call) and names.dotted(call.func) in ("hypothesis.given", "hypothesis.core.given"):
            taken |= keywords(call).keys()
            ellipsis = any(isinstance(a, ast.Constant) and a.value is ... for a in call.args)
            several = any(isinstance(a, ast.Starred) for a in call.args) or any(k.arg is None for k in call.keywords)
            unsure = unsure or ellipsis or several
            if call.args and not ellipsis:
                taken.update(positional(node, bound=False)[-len(call.args) :])
    return taken, unsure


def filled_by_step(names: Names, node: Function) -> tuple[bool, frozenset[str]]:
    """Whether pytest-bdd calls a function as a step, and the parameters that the step's text fills."""
    calls = [d for d in node.decorator_list if isinstance(d, ast.Call) and names.dotted(d.func) in _STEPS]
    texts = [t for c in calls for n in ast.walk(c) if (t := names.text(n))]
    return bool(calls), frozenset(n for t in texts for m in _STEP_ARGUMENT.findall(t) for n in m if n)


def named(names: Names, mark: ast.Call) -> tuple[str, ...] | None:
    """What a usefixtures mark requests, or the parameters that a parametrize mark fills itself; None for computed ones."""
    if last_name(mark.func) == "usefixtures":
        return tuple(t for a in mark.args if (t := names.text(a)))
    told = parametrized(mark)
    found, indirect = names.texts(told.get("argnames")), told.get("indirect")
    through = (names.texts(indirect) if isinstance(indirect, ast.List | ast.Tuple) else None) or ()
    return None if found is None else tuple(n for n in found if not (is_true(indirect) or n in through))


def generated(names: Names, hook: Function) -> Iterator[str]:
    """The names that `pytest_generate_tests` gives values to, "*" for those that it computes."""
    for node in ast.walk(hook):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "parametrize":
            found = names.texts(parametrized(node).get("argnames"))
            yield from ["*"] if found is None else found
        elif isinstance(node, ast.Call):
            handed = [*node.args, *(k.value for k in node.keywords)]
            yield from ["*"] if any(isinstance(a, ast.Name) and a.id == "metafunc" for a in handed) else []
