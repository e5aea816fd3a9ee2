"""Facts about callables: what a file says, what a type path ends at, how the product calls it."""

from __future__ import annotations

import pytest

from codemods.async_mock.coroutines import Coroutines
from codemods.engine.known import Project
from codemods.engine.source import Source
from codemods.facts.modules import Modules
from codemods.facts.types.scan import is_test_module, read


def project(files: dict[str, str] | None = None, **modules: str) -> Coroutines:
    """A project of files by path, or by module name at the top."""
    sources = {p: Source(p, t.encode()) for p, t in (files or {}).items()}
    sources |= {f"{name}.py": Source(f"{name}.py", text.encode()) for name, text in modules.items()}
    scanned = {p: read(file) for p, file in sources.items()}
    tests = frozenset(p for p, file in sources.items() if is_test_module(file))
    return Coroutines(scanned, Modules(Project(paths=tuple(scanned))), tests)


BASE = """
import functools
from contextlib import asynccontextmanager, contextmanager
from typing import Annotated, Callable, Awaitable, Iterator, Optional, Self

class Conn:
    async def send(self): ...

class Base:
    conn: "Optional[Conn]" = None
    other: Annotated[Conn, 1]
    hook: Callable[[int], Awaitable[None]]

    async def run(self) -> "Conn": ...
    def plain(self): return 1
    alias = run
    part = functools.partialmethod(run, 1)
    @property
    def prop(self) -> Conn: ...
    @functools.cached_property
    def cached(self): return Conn()
    @property
    async def later(self): ...
    @asynccontextmanager
    async def enter(self):
        yield Conn()
    @contextmanager
    def sync_enter(self) -> Iterator[Conn]:
        yield Conn()
    def chain(self): return self
    def me(self) -> Self: ...
    async def rows(self):
        yield 1
    class Inner:
        async def deep(self): ...
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("base.Base().run", "coroutine"),
        ("base.Base.run", "coroutine"),
        ("base.Base().plain", "sync"),
        ("base.Base().alias", "coroutine"),
        ("base.Base().part", "coroutine"),
        ("base.Base().rows", "asyncgen"),
        ("base.Base().enter", "manager"),
        ("base.Base.later", "property"),
        ("base.Base().conn.send", "coroutine"),
        ("base.Base().other.send", "coroutine"),
        ("base.Base().prop.send", "coroutine"),
        ("base.Base().cached.send", "coroutine"),
        ("base.Base().run().send", "coroutine"),
        ("base.Base().enter().__aenter__().send", "coroutine"),
        ("base.Base().sync_enter().__enter__().send", "coroutine"),
        ("base.Base().chain().me().run", "coroutine"),
        ("base.Base().hook", "callable"),
        ("base.Base.Inner().deep", "coroutine"),
        ("base.Base()", "object"),
        ("base.Base!.run", "coroutine"),
        ("base.Base().nothing", "unknown"),
        ("elsewhere.Base().run", "unknown"),
    ],
)
def test_a_type_path_ends_at_a_kind_of_callable(path: str, kind: str) -> None:
    assert project(base=BASE).answer(path, "base.py").kind == kind


def test_paths_go_through_imports_stars_and_relative_modules() -> None:
    found = project(
        {
            "top/__init__.py": "",
            "top/base.py": BASE,
            "top/pkg/__init__.py": "from .client import *\nfrom . import deep",
            "top/pkg/client.py": "from ..base import Base as B\nclass Client(B): ...\nclient = Client()",
            "top/pkg/deep.py": "from .client import Client as C\ndef make(): return C()",
        }
    )
    where = "top/pkg/deep.py"
    for path in (
        "top.pkg.Client()",
        "top.pkg.client.client",
        ".client.client",
        "~.make()",
        "~.C()",
        "top.pkg.deep.C()",
    ):
        assert found.answer(f"{path}.run", where).name == "Base.run", path
    assert found.answer("~.C().run", "top/base.py").kind == "unknown"


def test_parameters_of_constructors_and_dataclasses() -> None:
    found = project(
        base=BASE,
        app="""
from dataclasses import dataclass
from base import Base, Conn
class App:
    def __init__(self, base: Base, *, conn: Conn | None = None): ...
class Sub(App): ...
@dataclass
class Deps:
    base: Base
    name: str
@dataclass
class More(Deps):
    conn: Conn
def use(conn: "Conn"): ...
""",
    )
    for path in (
        "App#0.run",
        "App#base.run",
        "Sub#0.run",
        "Deps#0.run",
        "More#base.run",
        "App#conn.send",
        "More#2.send",
        "use#0.send",
    ):
        assert found.answer(f"app.{path}", "app.py").kind == "coroutine", path
    assert found.answer("app.App#1.send", "app.py").kind == "unknown"


def test_things_that_may_be_two_things_are_unknown() -> None:
    found = project(
        base=BASE,
        app="""
from base import Base, Conn
class App:
    def __init__(self): self.x = Base()
    def other(self): self.x = Conn()
    def wrap(self): self.y = Conn(); self.y = self.y
""",
    )
    assert found.answer("app.App().x.run", "app.py").kind == "unknown"
    assert found.answer("app.App().y.send", "app.py").kind == "coroutine"


def test_cycles_end() -> None:
    found = project(
        a="from b import X\nclass Y(X): ...\ndef f(): return g()\ndef g(): return f()",
        b="from a import X\nclass Z(Z): ...",
    )
    for path in ("a.X().run", "a.Y().run", "a.f().run", "b.Z().run"):
        assert found.answer(path, "a.py").kind == "unknown"


@pytest.mark.parametrize(
    ("statement", "awaited", "bare", "handed"),
    [
        ("await self.api.run()", True, False, False),
        ("self.api.run()", False, True, False),
        ("x = self.api.run(); await x", True, False, False),
        ("x = self.api.run(); x.send()", False, True, False),
        ("x = self.api.run(); spawn(x)", False, False, True),
        ("x = self.api.run()", False, False, True),
        ("return self.api.run()", False, False, True),
        ("if self.api.run(): pass", False, True, False),
        ("async with self.api.run() as y: pass", False, False, True),
        ("a = [await self.api.run() for _ in x]", True, False, False),
        ("(await self.api.run()).close()", True, False, False),
        ("f = lambda: self.api.run()", False, False, True),
        ("match await self.api.run():\n            case 1: pass", True, False, False),
        ("try: await self.api.run()\n        finally: pass", True, False, False),
    ],
)
def test_how_the_product_calls(statement: str, awaited: bool, bare: bool, handed: bool) -> None:
    found = project(
        base=BASE,
        app=f"from base import Base\nclass App:\n    def __init__(self): self.api = Base()\n"
        f"    async def go(self, x, spawn):\n        {statement}\n",
    )
    answer = found.answer("base.Base().run", "base.py")
    assert (answer.awaited, bool(answer.bare), answer.handed) == (awaited, bare, handed)


def test_results_whose_methods_are_called() -> None:
    app = """
from base import Base
class App:
    def __init__(self): self.api = Base()
    async def go(self):
        r = await self.api.run()
        {use}
"""
    for use, called in (
        ("r.json()", True),
        ("await r.json()", False),
        ("r.json", False),
        ("print(r)", False),
    ):
        found = project(base=BASE, app=app.format(use=use))
        assert found.answer("base.Base().run", "base.py").result_called is called, use


def test_a_decorator_of_the_project_is_looked_into() -> None:
    found = project(
        deco="""
import functools, inspect
def keeps(f):
    @functools.wraps(f)
    async def wrapper(*a): return await f(*a)
    return wrapper
def both(f):
    async def a(): ...
    def b(): ...
    if inspect.iscoroutinefunction(f):
        return a
    return b
def optional(f=None, *, n=1):
    def wrap(g):
        async def inner(): ...
        return inner
    if f is None:
        return wrap
    return wrap(f)
class Registry:
    def add(self, f): return f
""",
        app="""
import deco
registry = deco.Registry()
class App:
    @deco.keeps
    def a(self): ...
    @deco.both
    async def b(self): ...
    @deco.optional
    async def c(self): ...
    @deco.optional(n=2)
    async def d(self): ...
    @registry.add
    async def e(self): ...
    @registry.gone
    async def f(self): ...
""",
    )
    answers = {name: found.answer(f"app.App().{name}", "app.py") for name in "abcdef"}
    assert {n: a.kind for n, a in answers.items()} == dict.fromkeys("abcdef", "coroutine")
    assert [n for n, a in answers.items() if a.doubt] == ["f"]


def test_what_was_wanted_and_not_read_is_named() -> None:
    text = "from base import Base\nclass App(Base): ..."
    scanned = {"app.py": read(Source("app.py", text.encode()))}
    found = Coroutines(scanned, Modules(Project(paths=("app.py", "base.py"))))
    assert found.answer("app.App().run", "app.py").kind == "unknown"
    assert found.missing == {"base.py"}


@pytest.mark.parametrize(
    ("path", "text", "is_test"),
    [
        ("pkg/app.py", "", False),
        ("pkg/test_app.py", "", True),
        ("tests/app.py", "", True),
        ("pkg/app.py", "from unittest import TestCase, mock", True),
        ("pkg/app.py", "from mock import Mock", True),
        ("pkg/app.py", "def patch(mock): ...", False),
    ],
)
def test_files_of_the_tests_say_nothing_of_the_product(path: str, text: str, is_test: bool) -> None:
    assert is_test_module(Source(path, text.encode())) is is_test


def test_a_subclass_makes_a_method_doubtful_but_not_one_in_the_tests() -> None:
    product = "class Api:\n    async def fetch(self): ...\ndef make(api: Api): ...\n"
    plain = "from app import Api\nclass Plain(Api):\n    def fetch(self): ...\n"
    doubts = [
        project({"app.py": product, path: plain}).answer("app.make#api.fetch", "app.py").doubt
        for path in ("more.py", "tests/fakes.py", "conftest.py")
    ]
    assert doubts == ["Plain.fetch is no coroutine function", "", ""]
    faked = project(
        {"app.py": product, "tests/fakes.py": f"{plain}class Own(Plain): ...\ndef use(own: Plain): ...\n"}
    )
    assert faked.answer("~.use#own.fetch", "tests/fakes.py").kind == "sync"


def test_a_path_that_grows_for_ever_is_unknown() -> None:
    found = project(
        tree="class Tree:\n    def up(self):\n        self.node = self.node.parent\n\n"
        "async def walk(tree):\n    await tree.node.visit()\n"
    )
    assert found.answer("tree.Tree().node.visit", "tree.py").kind == "unknown"


BRANCHES = """
class Now:
    async def get(self): ...
class Then:
    def get(self): ...
class Either:
    def __init__(self, old, kind=None, same=None, maybe=None):
        if old:
            client = Then()
            alike = Now()
            kind = Then()
        else:
            client = Now()
            alike = Now()
            kind = Now()
        self.client = client
        self.alike = alike
        self.kind = kind
        late = None
        if old:
            late = Now()
        self.late = late
        if maybe is None:
            maybe = Now()
        self.maybe = maybe
"""


@pytest.mark.parametrize(
    ("attribute", "kind"),
    [
        ("client", "unknown"),
        ("alike", "coroutine"),
        ("kind", "unknown"),
        ("late", "coroutine"),
        ("maybe", "coroutine"),
    ],
)
def test_what_two_branches_make_is_unknown(attribute: str, kind: str) -> None:
    assert (
        project(either=BRANCHES).answer(f"either.Either(1).{attribute}.get".replace("(1)", "()"), "t.py").kind == kind
    )
