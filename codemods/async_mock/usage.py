"""What a test does with one mock: awaits it, checks it, compares it, hands it on."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..facts.types.calls import THREADS
from ..facts.types.computed import Computed, may_be
from . import reach
from .coroutines import Answer
from .mocks import Mocks
from .sites import Site
from .value import AWAIT_API

_TASKS = ("task", "future", "coroutine", "gather", "wait", "shield", "run_until_complete", "spawn", "start_soon")
_BROAD = {"Exception", "BaseException", "TypeError"}


def calls(mocks: Mocks, site: Site) -> Iterator[ast.Call]:
    """The calls of the mock in its own file."""
    for use in site.uses:
        parent = mocks.file.parents.get(use)
        if isinstance(parent, ast.Call) and parent.func is use:
            yield parent


def awaited(mocks: Mocks, site: Site) -> bool:
    """Whether the test itself awaits what the mock gives, and does not enter or iterate it."""
    found = False
    for call in calls(mocks, site):
        if reach.ends(mocks, call):
            found = True
        elif isinstance(mocks.file.parents.get(call), ast.withitem | ast.AsyncFor | ast.comprehension):
            return False
    return found or asks_for_awaits(mocks, site)


def asks_for_awaits(mocks: Mocks, site: Site) -> bool:
    """Whether the test asserts that the mock was awaited, which a plain mock cannot tell."""
    parents = (mocks.file.parents.get(use) for use in site.uses)
    return any(isinstance(p, ast.Attribute) and p.attr in AWAIT_API for p in parents)


def called_plainly(mocks: Mocks, site: Site) -> bool:
    """Whether the test calls the mock and does anything with the result but await it."""
    return any(not reach.ends(mocks, call) for call in calls(mocks, site))


def called_by_computed_name(mocks: Mocks, site: Site) -> int:
    """The line where the test calls, without await, a name of some object that may be the mock's; 0 for none."""
    computed = Computed(mocks.file, mocks.places.types)
    for node in reach.around(mocks, site) if computed.words else ():
        path = computed.path(node.func, {}) if isinstance(node, ast.Call) else ""
        if not (isinstance(node, ast.Call) and path.startswith("?.")):
            continue  # an attribute of a module or a class is no object that holds a mock
        if any(may_be(path[2:], name) for name in site.names) and not reach.ends(mocks, node):
            return node.lineno
    return 0


def given_to_thread(mocks: Mocks, site: Site) -> bool:
    for use in site.uses:
        parent = mocks.file.parents.get(use)
        if isinstance(parent, ast.keyword):
            parent = mocks.file.parents.get(parent)
        if isinstance(parent, ast.Call) and parent.func is not use and _name(parent.func) in THREADS:
            return True
    return False


def handed_on(mocks: Mocks, site: Site) -> str:
    """Why it matters that the project hands the coroutine to a task: an exception comes later."""
    for value in site.values:
        named = value.func if isinstance(value, ast.Call) else value
        if (
            slot(mocks, value) == "side_effect"
            and isinstance(named, ast.Name | ast.Attribute)
            and _name(named)[:1].isupper()
        ):
            return "its exception is raised when the task runs, no more when it is called"
    return ""


def is_checked(mocks: Mocks, site: Site) -> bool:
    for use in site.uses:
        match mocks.file.parents.get(use):
            case ast.Call(func=ast.Name(id="isinstance" | "assertIsInstance"), args=[first, cls]) if first is use:
                return any(mocks.mock_name(n) == "MagicMock" for n in ast.walk(cls))
            case ast.Call(func=ast.Attribute(attr="assertIsInstance"), args=[first, cls]) if first is use:
                return any(mocks.mock_name(n) == "MagicMock" for n in ast.walk(cls))
    return False


def overrides_dependency(mocks: Mocks, site: Site) -> bool:
    for node in (site.node, *site.uses):
        match mocks.file.parents.get(node):
            case ast.Assign(targets=[ast.Subscript(value=ast.Attribute(attr="dependency_overrides")), *_]):
                return True
    return False


def compared(mocks: Mocks, site: Site) -> bool:
    """`create_task.assert_called_with(m.return_value)`: holds only while a call gives that very object."""
    for use in site.uses:
        parent = mocks.file.parents.get(use)
        if not (isinstance(parent, ast.Attribute) and parent.attr == "return_value"):
            continue
        for outer in mocks.file.ancestors(parent):
            if isinstance(outer, ast.stmt):
                break
            if (
                isinstance(outer, ast.Call)
                and isinstance(outer.func, ast.Attribute)
                and outer.func.attr.startswith("assert_")
            ):
                owner = ast.unparse(outer.func.value).lower()
                if any(word in owner for word in _TASKS):
                    return True
    return False


def needs_result(mocks: Mocks, site: Site, answer: Answer) -> bool:
    """Whether the result must stay a plain mock: it is configured or used, and nothing sets it."""
    set_values = any(slot(mocks, v) == "return_value" for v in site.values) or any(
        slot(mocks, v) == "side_effect" for v in site.values
    )
    if set_values or site.style == "key":
        return False
    if answer.result_called:
        return True
    for node in [*site.uses, *_stores(mocks, site)]:
        parent = mocks.file.parents.get(node)
        if isinstance(parent, ast.Attribute) and parent.attr == "return_value":
            outer = mocks.file.parents.get(parent)
            if isinstance(outer, ast.Attribute):
                return True
        if (
            isinstance(parent, ast.Call)
            and parent.func is node
            and isinstance(mocks.file.parents.get(parent), ast.Await)
        ):
            await_ = mocks.file.parents[parent]
            result = mocks.file.parents.get(await_)
            if isinstance(result, ast.Attribute) and isinstance(mocks.file.parents.get(result), ast.Call):
                return not isinstance(mocks.file.parents.get(mocks.file.parents[result]), ast.Await)
    call = site.node
    if site.style == "call" and isinstance(call, ast.Call):
        mappings = [k.value for k in call.keywords if k.arg is None and isinstance(k.value, ast.Dict)]
        return any(mocks.text(key).startswith("return_value.") for m in mappings for key in m.keys)
    return False


def _stores(mocks: Mocks, site: Site) -> Iterator[ast.expr]:
    for place in site.places:
        for use in mocks.places.uses.get(place, []):
            if use not in site.uses:
                yield use


def remarks(mocks: Mocks, site: Site) -> Iterator[str]:
    """What a reader of the change should know: the test's outcome may depend on the broken mock."""
    function = mocks.places.function(site.node)
    if function is None:
        return
    for node in ast.walk(function):
        match node:
            case (
                ast.ExceptHandler(type=None)
                | ast.ExceptHandler(type=ast.Name(id="Exception" | "BaseException" | "TypeError"))
            ):
                yield "M14-tolerant: the test catches the TypeError of a mock that cannot be awaited"
                return
            case ast.Compare(
                ops=[ast.In()],
                comparators=[ast.Tuple(elts=codes) | ast.List(elts=codes) | ast.Set(elts=codes)],
            ):
                if any(isinstance(c, ast.Constant) and c.value == 500 for c in codes):
                    yield "M14-tolerant: the test accepts a failure"
                    return
            case ast.Call(func=ast.Attribute(attr="raises"), args=[ast.Name(id=name), *_]) if name in _BROAD | {
                "StopIteration"
            }:
                yield (
                    "M16-stop-iteration: AsyncMock raises StopAsyncIteration"
                    if name == "StopIteration"
                    else "M14-tolerant: the test expects a broad exception"
                )
                return


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def slot(mocks: Mocks, value: ast.expr) -> str:
    """ "return_value" or "side_effect": what a value is given as."""
    parent = mocks.file.parents.get(value)
    match parent:
        case ast.keyword(arg=str(name)):
            return name
        case ast.Assign(targets=[ast.Attribute(attr=name), *_]):
            return name
        case ast.Dict(keys=keys, values=values):
            return mocks.text(keys[values.index(value)]).rpartition(".")[2]
    return "return_value"
