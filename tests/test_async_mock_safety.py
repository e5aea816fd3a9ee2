"""What makes an async-mock change safe: every way that the mocked call's result goes has an end that awaits."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pytest

from codemods.engine import golden


def found(files: Mapping[str, str], *arguments: str) -> dict[str, str]:
    """What async-mock says of each mock: "path:line" → "safe", "unsafe", "suggest" or the code of a skip."""
    texts = {path: textwrap.dedent(text).lstrip("\n").encode() for path, text in files.items()}
    step = golden.run("async-mock", arguments, texts).step
    changes = {f"{c.parts[0].path}:{c.parts[0].line}": str(c.safety) for c in step.changes}
    skips = {f"{s.path}:{s.line}": s.code for s in step.skips if s.code < "M33"}  # not those of unknown objects
    return changes | skips


def reasons(files: Mapping[str, str]) -> str:
    texts = {path: textwrap.dedent(text).lstrip("\n").encode() for path, text in files.items()}
    step = golden.run("async-mock", (), texts).step
    return "\n".join([*(c.reason for c in step.changes), *(s.reason for s in step.skips)])


PARTS = """
import asyncio, contextlib, functools
from typing import Awaitable, Callable
import anyio

class Feed:
    async def pull(self, n=0): return n

def run(job): return asyncio.run(job)
def ignore(job): return job
def twice(job): return run(job)
async def wait(job): return await job
async def retry(call: Callable[[], Awaitable[int]]): return await call()
async def again(call): return await call()
def later(call): return call
def start(call, *args): return asyncio.ensure_future(call(*args))
def at_once(call): return call()

class Relay:
    def __init__(self, feed: Feed):
        self.feed = feed
        self.loop = None
    async def awaits(self): return await self.feed.pull()
    {kind} use(self, log, jobs):
        {statement}
"""
TEST = """
from unittest.mock import Mock
from parts import Feed, Relay

def test_use(do):
    feed = Feed()
    feed.pull = Mock(return_value=3)
    do(Relay(feed))
"""


@pytest.mark.parametrize(
    ("kind", "statement", "safety"),
    [
        ("def", "return self.feed.pull()", "unsafe"),
        ("async def", "return self.feed.pull()", "unsafe"),
        ("def", "return [self.feed.pull()]", "unsafe"),
        ("def", "return {'job': self.feed.pull()}", "unsafe"),
        ("def", "yield self.feed.pull()", "unsafe"),
        ("def", "yield from self.feed.pull()", "unsafe"),
        ("def", "self.job = self.feed.pull()", "unsafe"),
        ("def", "jobs.append(self.feed.pull())", "unsafe"),
        ("def", "jobs['x'] = self.feed.pull()", "unsafe"),
        ("def", "log(self.feed.pull())", "unsafe"),
        ("def", "log(job=self.feed.pull())", "unsafe"),
        ("def", "print(self.feed.pull())", "unsafe"),
        ("def", "return ignore(self.feed.pull())", "unsafe"),
        ("def", "assert self.feed.pull()", "unsafe"),
        ("def", "raise ValueError(self.feed.pull())", "unsafe"),
        ("def", "return lambda: self.feed.pull()", "unsafe"),
        ("def", "return functools.partial(self.feed.pull, 1)", "unsafe"),
        ("def", "return map(self.feed.pull, jobs)", "unsafe"),
        ("def", "self.call = self.feed.pull", "unsafe"),
        ("def", "return later(self.feed.pull)", "unsafe"),
        ("def", "return f'{self.feed.pull()}'", "unsafe"),
        ("def", "return self.feed.pull() or 1", "unsafe"),
        ("def", "return jobs and self.feed.pull()", "unsafe"),
        ("def", "return self.feed.pull() if jobs else None", "unsafe"),
        ("def", "call = self.feed.pull; return call()", "unsafe"),
        ("def", "job = self.feed.pull(); return job", "unsafe"),
        ("def", "found = [self.feed.pull(n) for n in jobs]; return found", "unsafe"),
        ("def", "if (job := self.feed.pull()): log(job)", "unsafe"),
        ("def", "self.loop.create_task(self.feed.pull())", "unsafe"),
        ("async def", "await log(self.feed.pull())", "unsafe"),
        ("async def", "job = asyncio.wait_for(self.feed.pull(), 1); log(job)", "unsafe"),
        ("async def", "await asyncio.sleep(self.feed.pull())", "unsafe"),
        ("async def", "with contextlib.suppress(TypeError): self.feed.pull()", "unsafe"),
        ("async def", "async def inner(): return self.feed.pull()", "unsafe"),
        ("async def", "await self.feed.pull()", "safe"),
        ("async def", "return await self.feed.pull()", "safe"),
        ("async def", "job = self.feed.pull(); await job", "safe"),
        ("async def", "call = self.feed.pull; await call()", "safe"),
        ("async def", "await asyncio.gather(self.feed.pull(), self.feed.pull())", "safe"),
        ("async def", "await asyncio.gather(*[self.feed.pull(n) for n in jobs])", "safe"),
        ("async def", "await asyncio.gather(*(self.feed.pull(n) for n in jobs))", "safe"),
        ("async def", "found = [self.feed.pull(n) for n in jobs]; await asyncio.gather(*found)", "safe"),
        ("async def", "found = []; found.append(self.feed.pull()); await asyncio.gather(*found)", "safe"),
        ("async def", "found = [self.feed.pull()]; return [await each for each in found]", "safe"),
        ("async def", "await asyncio.wait_for(self.feed.pull(), 1)", "safe"),
        ("async def", "asyncio.create_task(self.feed.pull())", "safe"),
        ("async def", "asyncio.get_running_loop().create_task(self.feed.pull())", "safe"),
        ("async def", "async with asyncio.TaskGroup() as group: group.create_task(self.feed.pull())", "safe"),
        ("async def", "await wait(self.feed.pull())", "safe"),
        ("async def", "await retry(self.feed.pull)", "safe"),
        ("async def", "await again(self.feed.pull)", "safe"),
        ("def", "return start(self.feed.pull, 1)", "safe"),
        ("def", "return at_once(self.feed.pull)", "unsafe"),
        ("async def", "async def inner(): return await self.feed.pull()", "safe"),
        ("def", "return run(self.feed.pull())", "safe"),
        ("def", "return twice(job=self.feed.pull())", "safe"),
        ("def", "return asyncio.run(self.feed.pull())", "safe"),
        ("def", "return anyio.run(self.feed.pull)", "safe"),
        ("def", "return asyncio.run(asyncio.wait_for(self.feed.pull(), 1))", "safe"),
        ("def", "return callable(self.feed.pull)", "safe"),
    ],
)
def test_how_the_product_uses_the_call_decides(kind: str, statement: str, safety: str) -> None:
    parts = PARTS.replace("{kind}", kind).replace("{statement}", statement)
    assert found({"parts.py": parts, "test_parts.py": TEST}) == {"test_parts.py:6": safety}


def test_the_uses_are_named() -> None:
    parts = PARTS.replace("{kind}", "def").replace("{statement}", "log(self.feed.pull()); self.feed.pull()")
    text = reasons({"parts.py": parts, "test_parts.py": TEST})
    assert "hands it on in parts.py:24" in text
    assert "uses it at once in parts.py:24" in text


RELAYS = """
class Feed:
    async def pull(self): return 1
class Other:
    async def forward(self): return 2
class Relay:
    def __init__(self, feed: Feed): self.feed = feed
    def forward(self): return self.feed.pull()
    def further(self): return self.forward()
    async def awaits(self): return await self.further()
"""


@pytest.mark.parametrize(
    ("kind", "statement", "safety"),
    [
        ("async def", "assert await Relay(feed).forward() == 1", "safe"),
        ("async def", "assert await Relay(feed).further() == 1", "safe"),
        ("async def", "assert await Relay(feed).awaits() == 1", "safe"),
        ("async def", "job = Relay(feed).forward(); assert await job == 1", "safe"),
        ("async def", "await asyncio.gather(Relay(feed).forward(), Relay(feed).forward())", "safe"),
        ("def", "assert asyncio.run(Relay(feed).forward()) == 1", "safe"),
        ("def", "assert run(Relay(feed).forward()) == 1", "safe"),
        ("def", "assert Relay(feed).forward() == 1", "unsafe"),
        ("def", "assert Relay(feed).further() == 1", "unsafe"),
        ("def", "assert [Relay(feed).further()] == [1]", "unsafe"),
        ("def", "Relay(feed).forward(); feed.pull.assert_called_once_with()", "unsafe"),
        ("async def", "await Relay(feed).forward(); assert Relay(feed).forward() == 1", "unsafe"),
        ("async def", "assert await keep(Relay(feed).forward()) == 1", "unsafe"),
        ("def", "assert helper(feed) == 1", "unsafe"),
    ],
)
def test_who_calls_a_plain_function_that_returns_the_coroutine_decides(
    kind: str, statement: str, safety: str
) -> None:
    test = f"""
import asyncio
from unittest.mock import Mock
from relays import Feed, Other, Relay

def run(job): return asyncio.run(job)
def keep(value): return value
def helper(feed): return Relay(feed).forward()

{kind} test_relay():
    feed = Feed()
    feed.pull = Mock(return_value=1)
    {statement}
"""
    if "helper(" not in statement:
        test = test.replace("def helper(feed): return Relay(feed).forward()", "")
    assert found({"relays.py": RELAYS, "test_relays.py": test}) == {"test_relays.py:11": safety}


def test_a_relay_that_nobody_awaits_is_not_excused_by_its_namesake() -> None:
    relays = RELAYS.replace("    async def awaits(self): return await self.further()\n", "")
    test = """
    from unittest.mock import Mock
    from relays import Feed, Other, Relay

    async def test_relay(ask):
        feed = Feed()
        feed.pull = Mock(return_value=1)
        await Other().forward()
        ask(Relay(feed))
    """
    assert found({"relays.py": relays, "test_relays.py": test}) == {"test_relays.py:6": "unsafe"}


@pytest.mark.parametrize(
    ("statement", "safety"),
    [
        ("assert api.fetch()", "unsafe"),
        ("assert api.fetch() == 1", "unsafe"),
        ("found = api.fetch(); assert found == 1", "unsafe"),
        ("return api.fetch()", "unsafe"),
        ("print(api.fetch())", "unsafe"),
        ("assert [api.fetch()] == [1]", "unsafe"),
        ("assert await api.fetch() == 1", "safe"),
        ("found = api.fetch(); assert await found == 1", "safe"),
        ("assert api.fetch.called", "safe"),
    ],
)
def test_how_the_test_itself_uses_the_call_decides(statement: str, safety: str) -> None:
    test = f"""
from unittest.mock import Mock
class Api:
    async def fetch(self): return 1
async def test_api():
    api = Api()
    api.fetch = Mock(return_value=1)
    {statement}
"""
    assert found({"test_api.py": test}) == {"test_api.py:6": safety}


def test_the_strongest_evidence_counts() -> None:
    """A mock that is set on a known object, and passed to a declared parameter as well, is known by the object."""
    test = """
    from typing import Awaitable, Callable
    from unittest.mock import Mock
    class Api:
        async def fetch(self): return 1
    class Other:
        def __init__(self, call: Callable[[], Awaitable[int]]): ...
    async def test_api():
        api = Api()
        mock = Mock(return_value=1)
        api.fetch = mock
        Other(mock)
    """
    assert found({"test_api.py": test}) == {"test_api.py:9": "safe"}
    assert found({"test_api.py": test.replace("api.fetch = mock", "")}) == {"test_api.py:9": "unsafe"}


@pytest.mark.parametrize(
    ("uses", "code"),
    [
        ("return await source.read()", "unsafe"),
        ("if later: return await source.read()\n    return source.read()", "M26-two-roles"),
        ("if later: return await source.read()\n    async for each in source.read(): return each", "M26-two-roles"),
        ("if later: return await source.read()\n    async with source.read() as each: return each", "M26-two-roles"),
        ("if later: return await source.read()\n    with source.read() as each: return each", "M26-two-roles"),
        ("if later: return await source.read()\n    return later(source.read)", "M26-two-roles"),
        ("if later: return await source.read()\n    return [source.read()]", "M26-two-roles"),
        ("if hasattr(source, 'aclose'): return await source.read()\n    return 1", "M22-dual-mode"),
        ("if isinstance(source.read, type): return 1\n    return await source.read()", "M22-dual-mode"),
        ("if type(source) is Source: return await source.read()", "M22-dual-mode"),
        ("return source.read()", None),
    ],
)
@pytest.mark.parametrize("declared", ["", ": Either"])
def test_weak_evidence_counts_only_where_every_use_is_awaited(uses: str, code: str | None, declared: str) -> None:
    files = {
        "source.py": f"""
from typing import Union
class Source: ...
class Other: ...
Either = Union["Source", "Other"]
async def load(source{declared}, later):
    {uses}
""",
        "test_source.py": """
        from unittest.mock import Mock
        from source import load
        async def test_load(later):
            source = Mock()
            source.read = Mock(return_value=1)
            await load(source, later)
        """,
    }
    assert found(files) == ({"test_source.py:5": code} if code else {})


def test_callers_in_files_that_say_nothing_of_async_count() -> None:
    parts = """
    class Feed:
        async def pull(self): return 1
    def first(feed: Feed): return feed.pull()
    """
    test = """
    from unittest.mock import Mock
    from parts import Feed
    def test_feed(run):
        feed = Feed()
        feed.pull = Mock(return_value=3)
        run(feed)
    """
    plain = "from parts import Feed, first\ndef last(feed: Feed): return {} == 3\n"
    for call, said in (("first(feed)", "uses it at once"), ("feed.pull()", "uses it at once"), ("1", "")):
        text = reasons({"parts.py": parts, "cli.py": plain.format(call), "test_parts.py": test})
        assert ("in cli.py:2" in text) is bool(said), call


@pytest.mark.parametrize(
    ("parts", "use", "safety"),
    [
        ("def forward(feed): return feed.pull()", "forward(feed)", "unsafe"),
        ("def forward(feeds): return [feed.pull() for feed in feeds]", "forward([feed])", "unsafe"),
        ("class Base:\n    def go(self): return self.pull()", "feed.go()", "unsafe"),
        (
            "class Base:\n    async def pull(self): return 0\n    def go(self): return self.pull()",
            "feed.go()",
            "unsafe",
        ),
        ("class Base:\n    def go(self): return getattr(self, 'pull')()", "feed.go()", "unsafe"),
        ("class Other:\n    def pull(self): return 0\ndef forward(feed): return feed.pull()", "1", "safe"),
        ("async def forward(feed): return await feed.pull()", "1", "safe"),
        ("class Base:\n    async def go(self): return await self.pull()", "1", "safe"),
    ],
)
def test_a_call_on_something_unknown_may_be_one_of_the_method(parts: str, use: str, safety: str) -> None:
    base = "Base" if "class Base" in parts else "object"
    files = {
        "parts.py": f"{parts}\nclass Feed({base}):\n    async def pull(self): return 1\n",
        "test_parts.py": f"""
from unittest.mock import Mock
from parts import *
def test_feed():
    feed = Feed()
    feed.pull = Mock(return_value=3)
    {use}
""",
    }
    assert found(files) == {"test_parts.py:5": safety}


REPLACED = """
import asyncio
class Feed:
    async def pull(self): return 1
class Runner:
    def run(self, job): return asyncio.run(job)
class App:
    def __init__(self, runner: Runner): self.feed, self.runner = Feed(), runner
    def own(self): return self.work(self.feed.pull())
    def work(self, job): return asyncio.run(job)
    def other(self): return self.runner.run(self.feed.pull())
"""


@pytest.mark.parametrize(
    ("before", "safety"),
    [
        ("", "safe"),
        ("app.work = lambda job: 7", "unsafe"),
        ("patch('parts.asyncio.run').start()", "unsafe"),
        ("patch.object(asyncio, 'run').start()", "unsafe"),
        ("patch.dict('parts.__dict__', {'asyncio': None}).start()", "unsafe"),
        ("patch.multiple('parts', asyncio=None).start()", "unsafe"),
        ("setattr(App, 'work', None)", "unsafe"),
    ],
)
def test_a_taker_that_the_test_replaces_awaits_nothing(before: str, safety: str) -> None:
    parts = REPLACED.replace("    def other(self): return self.runner.run(self.feed.pull())\n", "")
    test = f"""
import asyncio
from unittest.mock import Mock, patch
from parts import App
def test_app():
    app = App(None)
    app.feed.pull = Mock(return_value=3)
    {before}
    app.own()
"""
    assert found({"parts.py": parts, "test_parts.py": test}) == {"test_parts.py:6": safety}


def test_a_taker_of_an_object_that_the_test_gives_is_none() -> None:
    test = """
    from unittest.mock import Mock
    from parts import App
    def test_app():
        app = App(Mock())
        app.feed.pull = Mock(return_value=3)
        app.other()
    """
    assert found({"parts.py": REPLACED, "test_parts.py": test}) == {"test_parts.py:5": "unsafe"}
