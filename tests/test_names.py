"""What a name means in one file: tiny programs, with Python itself, its `symtable` and mypy as judges.

Each program hands one name to `probe`. "library.Thing" is what an import gives, ":Thing" a name of this very module,
"" is *unknown*. A judge may know more than `Names`, but may never know it otherwise.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import re
import symtable
import sys
import types
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path

import pytest
from mypy import api

from codemods.engine.names import Names
from codemods.engine.scopes import Scope
from codemods.engine.source import Source

PROGRAMS = {
    # ---- imports
    "import": ("import alpha\nprobe(alpha.X)", "alpha.X"),
    "alias": ("import alpha.sub as s\nprobe(s.X)", "alpha.sub.X"),
    "submodule": ("import alpha.sub\nprobe(alpha.sub.X)", "alpha.sub.X"),
    "submodules": ("import alpha.sub, alpha.other\nprobe(alpha.other.X)", "alpha.other.X"),
    "from": ("from alpha import X as Y\nprobe(Y)", "alpha.X"),
    "relative": ("from . import near\nprobe(near.X)", ".near.X"),
    "relative_up": ("from ..far.deep import X\nprobe(X)", "..far.deep.X"),
    "star": ("from alpha import *\nprobe(X)", ""),
    "star_and_own": ("from alpha import *\nclass X: ...\nprobe(X)", ":X"),
    "twins": ("try:\n    from alpha import X\nexcept ImportError:\n    from beta import X\nprobe(X)", ""),
    "twins_late": ("try:\n    from gone import X\nexcept ImportError:\n    from beta import X\nprobe(X)", ""),
    "fallback": ("try:\n    from alpha import X\nexcept ImportError:\n    X = None\nprobe(X)", "alpha.X"),
    "own_fallback": ("try:\n    from alpha import X\nexcept ImportError:\n    class X: ...\nprobe(X)", ""),
    "checking": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from beta import X\nelse:\n    from alpha import X\n"
        "probe(X)",
        "",
    ),
    # ---- assignments
    "assigned": ("import alpha\nX = alpha.X\nprobe(X)", "alpha.X"),
    "assigned_twice": ("from alpha import X\nX = X\nprobe(X)", ""),
    "chain": ("import alpha\na = alpha\nX = Y = a.X\nprobe(Y)", "alpha.X"),
    "rebound": ("from alpha import X\nfrom beta import X\nprobe(X)", ""),
    "rebound_if": ("from alpha import X\nif probe:\n    X = int\nprobe(X)", ""),
    "augmented": ("import alpha\nX = alpha.X\nX |= None\nprobe(X)", ""),
    "deleted": ("from alpha import int\ndel int\nprobe(int)", ""),
    "walrus": ("from alpha import X\nif (X := int): pass\nprobe(X)", ""),
    "walrus_in_comprehension": ("from alpha import X\n[X := int for a in 'b']\nprobe(X)", ""),
    "comprehension_keeps": ("from alpha import X\n[X for X in 'b']\nprobe(X)", "alpha.X"),
    "match": ("from alpha import X\nmatch int:\n    case X: pass\nprobe(X)", ""),
    "match_rest": ("from alpha import X\nmatch {1: int}:\n    case {**X}: pass\nprobe(X)", ""),
    "except": (
        "from alpha import X as int\ntry: 1 / 0\nexcept ZeroDivisionError as int: pass\nprobe(int)",
        "",
    ),
    "class": ("class X: ...\nprobe(X)", ":X"),
    "builtin": ("probe(int)", "builtins.int"),
    "of_the_module": ("probe(__name__)", ":__name__"),
    "shadowed_builtin": ("class int: ...\nprobe(int)", ":int"),
    # ---- functions
    "function": ("from alpha import X\ndef f(): probe(X)\nf()", "alpha.X"),
    "parameter": ("from alpha import X\ndef f(X): probe(X)\nf(int)", ""),
    "local": ("from alpha import X\ndef f():\n    X = int\n    probe(X)\nf()", "builtins.int"),
    "local_import": ("from alpha import X\ndef f():\n    from beta import X\n    probe(X)\nf()", "beta.X"),
    "default": ("from alpha import X\ndef f(X=probe(X)): pass", "alpha.X"),
    "annotation": ("from alpha import X\ndef f(X, a: probe(X) = 1): pass\nf.__annotations__", "alpha.X"),
    "decorator": ("from alpha import X\n@(probe(X) or str)\ndef f(X): pass", "alpha.X"),
    "lambda": ("from alpha import X\n(lambda X: probe(X))(int)", ""),
    "lambda_default": ("from alpha import X\n(lambda X=probe(X): X)()", "alpha.X"),
    "global": ("from alpha import X\ndef f(X):\n    def g():\n        global X\n        probe(X)\n    g()\nf(int)", "alpha.X"),
    "global_bound": ("def f():\n    global X\n    from alpha import X\nf()\nprobe(X)", "alpha.X"),
    "global_rebound": ("from alpha import X\ndef f():\n    global X\n    X = int\nf()\nprobe(X)", ""),
    "global_above": ("X = int\ndef f():\n    global X\n    def g(): probe(X)\n    g()\nf()", "builtins.int"),
    "nonlocal": (
        "from beta import X\ndef f():\n    from alpha import X\n    def g():\n        nonlocal X\n        probe(X)\n    g()\nf()",
        "alpha.X",
    ),
    # ---- classes
    "class_scope": ("from alpha import X\nclass A:\n    from beta import X\n    probe(X)", "beta.X"),
    "method": ("from alpha import X\nclass A:\n    X = int\n    def f(self): probe(X)\nA().f()", "alpha.X"),
    "method_default": ("from alpha import X\nclass A:\n    X = int\n    def f(self, a=probe(X)): pass", "builtins.int"),
    "inner_class": ("from alpha import X\nclass A:\n    X = int\n    class B: probe(X)", "alpha.X"),
    "class_comprehension": ("from alpha import X\nclass A:\n    X = int\n    b = [probe(X) for a in 'b']", "alpha.X"),
    "class_first_iterable": (
        "from alpha import X\nclass A:\n    from beta import X\n    b = [a for a in [probe(X)]]",
        "beta.X",
    ),
    "base": ("from alpha import X\nclass A(probe(X) or object):\n    X = int", "alpha.X"),
    "mangled": ("from alpha import X as __x\nclass A:\n    from beta import X as __x\n    def f(self): pass\n    probe(__x)", "beta.X"),
    "mangled_module": ("from alpha import X as _A__x\nclass A:\n    def f(self): probe(__x)\nA().f()", "alpha.X"),
    "mangled_away": ("from alpha import X as __int\n_A__int = int\nclass A:\n    def f(self): probe(__int)\nA().f()", "builtins.int"),
    # ---- comprehensions
    "comprehension": ("from alpha import X\n[probe(X) for X in [int]]", ""),
    "comprehension_iterable": ("from alpha import X\n[X for X in [probe(X)]]", "alpha.X"),
    "comprehension_second": ("from alpha import X\n[1 for a in 'b' for X in [int] if probe(X) or 1]", ""),
}  # fmt: skip
NEWER = {
    "type_parameter": ("from alpha import X\ndef f[X](a: X): probe(X)\nf(1)", ""),
    "type_parameter_default": ("from alpha import X\ndef f[X](a=probe(X)): pass", "alpha.X"),
    "type_parameter_base": ("from alpha import X\nclass B: pass\nclass A[X](probe(X) or B): pass", ""),
    "type_parameter_class": ("from alpha import X\nclass A:\n    from beta import X\n    def f[T](self, a: probe(X)): pass\nA.f.__annotations__", "beta.X"),
    "type_alias": ("from alpha import X\ntype A[T] = probe(X)\nA.__value__", "alpha.X"),
    "type_alias_own": ("type X = int\nprobe(X)", ":X"),
}  # fmt: skip
if sys.version_info >= (3, 12):
    PROGRAMS |= NEWER
LIBRARY = {
    "alpha/__init__.py": "class X: ...\nclass int: ...\n",
    "alpha/sub.py": "class X: ...\n",
    "alpha/other.py": "class X: ...\n",
    "beta.py": "class X: ...\n",
    "p/__init__.py": "",
    "p/far/__init__.py": "",
    "p/far/deep.py": "class X: ...\n",
    "p/q/__init__.py": "",
    "p/q/near.py": "class X: ...\n",
}


def handed(tree: ast.AST) -> ast.expr:
    """What `probe` gets."""
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) == "probe"]
    return calls[-1].args[0]


def meaning(text: str) -> str:
    file = Source("p/q/m.py", text.encode())
    return Names(file).meaning(handed(file.tree), aliases=True)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The modules that the programs import, for Python and mypy."""
    top = tmp_path_factory.mktemp("library")
    for path, text in LIBRARY.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text)
    known = set(sys.modules)
    sys.path.insert(0, str(top))
    yield top
    sys.path.remove(str(top))
    for name in sys.modules.keys() - known:
        if name.partition(".")[0] in ("alpha", "beta", "p"):
            del sys.modules[name]


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_name_means_what_is_written_down(name: str) -> None:
    text, expected = PROGRAMS[name]
    assert meaning(text) == expected


# ---- Python's answer ---------------------------------------------------------------------------


def run(text: str) -> set[str]:
    """What `probe` got when the program ran, by the full name of each."""
    found: list[object] = []
    importlib.invalidate_caches()
    module = types.ModuleType("p.q.m")
    module.__dict__.update(__package__="p.q", probe=found.append)
    exec(compile(text, "m.py", "exec", dont_inherit=True), module.__dict__)
    return {f"{getattr(f, '__module__', '')}.{getattr(f, '__qualname__', f)}" for f in found}


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("name", PROGRAMS)
def test_python_gets_the_same_when_it_runs(name: str) -> None:
    text, expected = PROGRAMS[name]
    if name == "augmented":
        text = text.replace("|= None", "= int")  # a class takes no `|=` of its own
    found = run(text)
    assert len(found) == 1, "the program must reach its probe"
    if name in ("type_alias_own", "of_the_module"):
        return  # no class, which says where it comes from
    assert full(expected, "p.q.m") in ("", *found)


def full(meaning: str, module: str) -> str:
    """A meaning without dots or colon in front."""
    return f"{module}.{meaning[1:]}" if meaning[:1] == ":" else meaning and resolve_name(meaning, "p.q")


def home(text: str) -> str:
    """The scope that `symtable` finds the probed name in: "module", the kind of one below, or "nowhere"."""
    node = handed(ast.parse(text))
    while isinstance(node, ast.Attribute):
        node = node.value
    assert isinstance(node, ast.Name)
    top = symtable.symtable(text, "m.py", "exec")
    tables, path = [(top, (top,))], []
    while tables:
        table, above = tables.pop()
        tables += [(child, (*above, child)) for child in table.get_children()]
        if "probe" in table.get_identifiers() and table.lookup("probe").is_referenced():
            path.append(above)
    (chain,) = path
    name = node.id
    classes = [t.get_name() for t in chain if t.get_type() == "class"]
    if name.startswith("__") and classes:
        name = f"_{classes[-1]}{name}"
    symbol = chain[-1].lookup(name)
    if symbol.is_global() or (chain[-1] is top and not symbol.is_local()):
        bound = name in top.get_identifiers() and (
            top.lookup(name).is_local() or top.lookup(name).is_declared_global()
        )
        return "module" if bound else "nowhere"
    if symbol.is_local():
        return _type(chain[-1])
    return next(
        _type(t)
        for t in reversed(chain[:-1])
        if t.get_type() != "class" and name in t.get_identifiers() and t.lookup(name).is_local()
    )


def _type(table: symtable.SymbolTable) -> str:
    found = str(table.get_type())
    return "type parameters" if found.startswith("type param") else found


OTHERWISE = {"type_parameter_class"}  # a table of its own says: global
if sys.version_info >= (3, 12):  # PEP 709: the table of a comprehension is poured into the one around it
    OTHERWISE |= {"class_comprehension", "comprehension", "comprehension_second"}


@pytest.mark.parametrize("name", sorted(PROGRAMS.keys() - OTHERWISE))
def test_symtable_finds_it_in_the_same_scope(name: str) -> None:
    text, _ = PROGRAMS[name]
    file = Source("m.py", text.encode())
    node = handed(file.tree)
    while isinstance(node, ast.Attribute):
        node = node.value
    assert isinstance(node, ast.Name)
    found = Names(file).scope(node).find(node.id)
    assert (kind(found[0]) if found else "nowhere") == home(text)


def kind(scope: Scope) -> str:
    if isinstance(scope.node, ast.Module):
        return "module"
    if scope.is_class:
        return "class"
    return "function" if scope.is_function or scope.is_comprehension else "type parameters"


# ---- mypy's answer -----------------------------------------------------------------------------


MISTAKEN = {"star_and_own", "mangled_away"}  # where mypy says what Python does not do


def test_mypy_says_nothing_else(library: Path) -> None:
    for name, (text, _) in PROGRAMS.items():
        (library / "p/q" / f"m_{name}.py").write_text(text.replace("probe(", "reveal_type("))
    out, _, _ = api.run([str(library / "p"), "--check-untyped-defs", f"--cache-dir={library}"])
    revealed = dict(re.findall(r'/m_(\w+)\.py:\d+: note: Revealed type is "def \(\) -> ([\w.]+)"', out))
    assert len(revealed) > 20
    told = {name: (full(PROGRAMS[name][1], f"p.q.m_{name}"), what) for name, what in revealed.items()}
    assert {name for name, (ours, its) in told.items() if ours not in ("", its)} == MISTAKEN


def test_the_first_of_several_may_be_asked_for() -> None:
    for name, expected in {
        "twins": "alpha.X",
        "twins_late": "gone.X",
        "rebound": "beta.X",
        "rebound_if": "alpha.X",
    }.items():
        file = Source("m.py", PROGRAMS[name][0].encode())
        assert Names(file).meaning(handed(file.tree), rebound="first") == expected


def test_an_assignment_is_followed_where_it_is_asked_for() -> None:
    file = Source("m.py", PROGRAMS["assigned"][0].encode())
    assert Names(file).meaning(handed(file.tree)) == ":X"


def test_a_builtin_is_one_that_python_has() -> None:
    assert all(hasattr(builtins, e.rpartition(".")[2]) for _, e in PROGRAMS.values() if e.startswith("builtins."))


def test_a_name_of_the_file_itself_is_written_where_nothing_hides_it() -> None:
    text = "class Color: ...\nx = 1\ndef f(Color): y = 1\ndef g(): z = 1\n"
    file = Source("m.py", text.encode())
    names = Names(file)
    places = {node.targets[0].id: node for node in ast.walk(file.tree) if isinstance(node, ast.Assign)}  # type: ignore[attr-defined]
    written = {name: names.reference(":Color.RED", at=node) for name, node in places.items()}
    assert {name: found and (found.text, found.requires) for name, found in written.items()} == {
        "x": ("Color.RED", ()),
        "y": None,
        "z": ("Color.RED", ()),
    }


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("['a', *more, 'c']", "'a' 'b' 'c'"),
        ("list(more) + ['c']", "'b' 'c'"),
        ("['a'] if x else more", "'a'?x 'b'?not x"),
        ("x and ['a']", "'a'?x"),
        ("more or ['a']", "'a'?not ['b'] 'b'?['b']"),
        ("again", "'d'"),
        ("x", "x"),
    ],
)
def test_a_list_is_spread_into_its_parts(text: str, parts: str) -> None:
    names = Names(Source("m.py", b"from y import x\nmore = ['b']\nagain = again + ['d']\n"))
    found = names.spread(ast.parse(text, mode="eval").body)
    assert " ".join(ast.unparse(node) + (f"?{when}" if when else "") for node, when in found) == parts
