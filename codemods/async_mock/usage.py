"""What a test does with one mock: awaits it, checks it, compares it, hands it on."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..engine.names import last_name
from ..facts.types.calls import THREADS
from ..facts.types.computed import may_be
from . import reach
from .coroutines import Answer
from .mocks import Mocks
from .sites import Site
from .value import AWAIT_API

_TASKS = ("task", "future", "coroutine", "gather", "wait", "shield", "run_until_complete", "spawn", "start_soon")
_ASKING = ("isinstance", "assertIsInstance")
_BROAD = {"Exception", "BaseException", "TypeError"}


def calls(mocks: Mocks, site: Site) -> Iterator[ast.Call]:
    """The calls of the mock in its own file."""
    yield from filter(None, map(mocks.places.calling, site.uses))


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
    for node in reach.around(mocks, site) if mocks.computed.words else ():
        path = mocks.computed.path(node.func, {}) if isinstance(node, ast.Call) else ""
        if not (isinstance(node, ast.Call) and path.startswith("?.")):
            continue  # an attribute of a module or a class is no object that holds a mock
        if any(may_be(path[2:], name) for name in site.names) and not reach.ends(mocks, node):
            return node.lineno
    return 0


def given_to_thread(mocks: Mocks, site: Site) -> bool:
    calls = filter(None, map(mocks.places.taking, site.uses))
    return any(last_name(call.func) in THREADS for call in calls)


def handed_on(mocks: Mocks, site: Site) -> str:
    """Why it matters that the project hands the coroutine to a task: an exception comes later."""
    for slot, value in site.values:
        named = value.func if isinstance(value, ast.Call) else value
        if slot == "side_effect" and last_name(named)[:1].isupper():
            return "its exception is raised when the task runs, no more when it is called"
    return ""


def is_checked(mocks: Mocks, site: Site) -> bool:
    for use in site.uses:
        match mocks.file.parents.get(use):
            case ast.Call(func=asked, args=[first, cls]) if first is use and last_name(asked) in _ASKING:
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
        result = mocks.file.parents.get(use)
        if not (isinstance(result, ast.Attribute) and result.attr == "return_value"):
            continue
        for outer in mocks.file.ancestors(result):
            match outer:
                case ast.stmt():
                    break
                case ast.Call(func=ast.Attribute(value=owner, attr=attr)) if attr.startswith("assert_"):
                    if any(word in ast.unparse(owner).lower() for word in _TASKS):
                        return True
    return False


def needs_result(mocks: Mocks, site: Site, answer: Answer) -> bool:
    """Whether the result must stay a plain mock: it is configured or used, and nothing sets it."""
    if site.values or site.style == "key":
        return False
    if answer.result_called:
        return True
    parents = mocks.file.parents
    for node in (*site.uses, *(use for place in site.places for use in mocks.places.uses.get(place, ()))):
        parent = parents.get(node)
        match parent, parents.get(parent) if parent else None:
            case ast.Attribute(attr="return_value"), ast.Attribute():
                return True
            case ast.Call(func=called), ast.Await() as awaited if called is node:
                result = parents.get(awaited)
                if isinstance(result, ast.Attribute) and (call := mocks.places.calling(result)) is not None:
                    return not isinstance(parents.get(call), ast.Await)
    keywords = site.node.keywords if site.style == "call" and isinstance(site.node, ast.Call) else []
    mappings = [k.value for k in keywords if k.arg is None and isinstance(k.value, ast.Dict)]
    return any(mocks.text(key).startswith("return_value.") for m in mappings for key in m.keys)


def remark(mocks: Mocks, site: Site) -> str:
    """What a reader of the change should know: the test's outcome may depend on the broken mock."""
    function = mocks.places.function(site.node)
    for node in ast.walk(function) if function is not None else ():
        match node:
            case ast.ExceptHandler(type=None | ast.Name(id="Exception" | "BaseException" | "TypeError")):
                return "M14-tolerant: the test catches the TypeError of a mock that cannot be awaited"
            case ast.Compare(ops=[ast.In()], comparators=[ast.Tuple() | ast.List() | ast.Set() as codes]):
                if any(isinstance(c, ast.Constant) and c.value == 500 for c in codes.elts):
                    return "M14-tolerant: the test accepts a failure"
            case ast.Call(func=ast.Attribute(attr="raises"), args=[ast.Name(id="StopIteration"), *_]):
                return "M16-stop-iteration: AsyncMock raises StopAsyncIteration"
            case ast.Call(func=ast.Attribute(attr="raises"), args=[ast.Name(id=name), *_]) if name in _BROAD:
                return "M14-tolerant: the test expects a broad exception"
    return ""
