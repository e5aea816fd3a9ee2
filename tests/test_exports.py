"""Where names are defined, over files: Python itself is the judge, on small projects that it imports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import gitdb
import pytest
import rich

from codemods.engine.known import Project
from codemods.engine.source import Source
from codemods.engine.tables import Table, table
from codemods.facts.exports import Exports, Found, mro
from codemods.facts.modules import Modules
from codemods.facts.suite import names as suites
from codemods.facts.suite.scan import scan
from codemods.facts.types.resolve import Resolver
from codemods.facts.types.scan import read

# Prints what each name of a module is: the file and qualified name of a class or function, the file of a module.
JUDGE = """
import importlib, json, sys, types
sys.setrecursionlimit(20_000)
sys.path[:0] = sys.argv[2:]
module = importlib.import_module(sys.argv[1])
def what(value):
    if isinstance(value, types.ModuleType):
        return ["module", getattr(value, "__file__", None) or "", ""]
    if isinstance(value, (type, types.FunctionType)):
        return ["definition", getattr(sys.modules.get(value.__module__), "__file__", None) or "", value.__qualname__]
    return ["variable", "", ""]
print(json.dumps({n: what(v) for n, v in vars(module).items() if not n.startswith("__") or n == "__version__"}))
"""

CHAIN = {f"m{n}.py": f"from m{n + 1} import f, C as D{n}\nC = D{n}\n" for n in range(30)}
STARS = {f"s{n}.py": f"from s{n + 1} import *\n" for n in range(30)}
DEEP = {f"d{n}.py": f"from d{n + 1} import f\n" for n in range(400)}

# name → files, the module that is looked at, names that are not known (with "*" more may be), roots beside ""
PROJECTS: dict[str, tuple[dict[str, str], str, str, tuple[str, ...]]] = {
    "a chain of thirty": ({**CHAIN, "m30.py": "def f(): ...\nclass C: ...\n"}, "m0", "", ()),
    "a chain of four hundred": ({**DEEP, "d400.py": "def f(): ...\n"}, "d0", "", ()),
    "thirty stars": ({**STARS, "s30.py": "def f(): ...\nclass C: ...\n_p = 1\n"}, "s0", "", ()),
    "a circle": (
        {
            "a.py": "def f(): ...\nimport b\nfrom b import g\n",
            "b.py": "from a import f\ndef g(): ...\nfrom a import f as again\n",
        },
        "a",
        "",
        (),
    ),
    "a circle of stars": (
        {
            "a.py": "def f(): ...\nfrom b import *\n",
            "b.py": "def g(): ...\nfrom c import *\n",
            "c.py": "def h(): ...\nfrom a import *\n",
        },
        "a",
        "",
        (),
    ),
    "__all__ lets a private name through": (
        {"a.py": "from b import *\n", "b.py": "__all__ = ['_x', 'f']\ndef _x(): ...\ndef f(): ...\ndef g(): ...\n"},
        "a",
        "",
        (),
    ),
    "__all__ grows": (
        {
            "pkg/__init__.py": "from .b import *\nfrom . import b\nfrom .c import *\nfrom . import c\n"
            "__all__ = ['f']\n__all__ += b.__all__\n__all__.extend(c.__all__)\n__all__.append('own')\ndef own(): ...\n",
            "pkg/b.py": "__all__ = ['f', 'g']\ndef f(): ...\ndef g(): ...\n",
            "pkg/c.py": "__all__ = ('h',) + ('i',)\ndef h(): ...\ndef i(): ...\ndef j(): ...\n",
            "a.py": "from pkg import *\n",
        },
        "a",
        "",
        (),
    ),
    "__all__ names a submodule": (
        {"pkg/__init__.py": "__all__ = ['sub']\n", "pkg/sub.py": "def f(): ...\n", "a.py": "from pkg import *\n"},
        "a",
        "",
        (),
    ),
    "__all__ is computed": (
        {"b.py": "def f(): ...\ndef g(): ...\n__all__ = [n for n in ('f',)]\n", "a.py": "from b import *\n"},
        "a",
        "f g",
        (),
    ),
    "the last of two stars wins": (
        {
            "a.py": "from b import *\nfrom c import *\n",
            "b.py": "def f(): ...\ndef only(): ...\n",
            "c.py": "def f(): ...\n",
        },
        "a",
        "",
        (),
    ),
    "a star after a definition wins": (
        {"a.py": "def f(): ...\ndef g(): ...\nfrom b import *\n", "b.py": "def f(): ...\n"},
        "a",
        "",
        (),
    ),
    "a definition after a star wins": (
        {"a.py": "from b import *\ndef f(): ...\n", "b.py": "def f(): ...\n"},
        "a",
        "",
        (),
    ),
    "a star of a library that is not known": ({"a.py": "def f(): ...\nfrom os.path import *\n"}, "a", "f *", ()),
    "twins, the first fails": (
        {
            "a.py": "try:\n    from b import f, gone\nexcept ImportError:\n    from c import f\n",
            "b.py": "def f(): ...\n",
            "c.py": "def f(): ...\n",
        },
        "a",
        "f",
        (),
    ),
    "twins of one definition": (
        {
            "a.py": "import sys\nif sys.version_info > (3, 0):\n    from b import f\nelse:\n    from c import f\n",
            "b.py": "from d import f\n",
            "c.py": "from d import f\n",
            "d.py": "def f(): ...\n",
        },
        "a",
        "",
        (),
    ),
    "a twin that does not exist": (
        {
            "a.py": "try:\n    from b import gone as f\nexcept ImportError:\n    def f(): ...\n",
            "b.py": "def g(): ...\n",
        },
        "a",
        "",
        (),
    ),
    "a library or the project": (
        {"a.py": "try:\n    from nowhere_at_all import f\nexcept ImportError:\n    def f(): ...\n"},
        "a",
        "f",
        (),
    ),
    "None beside an import": (
        {"a.py": "f = None\ntry:\n    from b import f\nexcept ImportError:\n    f = None\n", "b.py": "def f(): ...\n"},
        "a",
        "",
        (),
    ),
    "defined under a condition": (
        {"a.py": "import os\nfrom b import f\nif os.sep:\n    def f(): ...\n", "b.py": "def f(): ...\n"},
        "a",
        "f",
        (),
    ),
    "defined twice": ({"a.py": "class f: ...\nx = f\ndef f(): ...\n", "b.py": ""}, "a", "", ()),
    "deleted": ({"a.py": "from b import *\n", "b.py": "from c import f, g\ndel f\n", "c.py": "def f(): ...\ndef g(): ...\n"}, "a", "", ()),
    "aliases": (
        {
            "a.py": "import b\nfrom b import C\nf = b.f\ng = f\nm = C.m\nD = E = C\nold = h = b.h\ndef h(): ...\n",
            "b.py": "def f(): ...\ndef h(): ...\nclass C:\n    def m(self): ...\n",
        },
        "a",
        "",
        (),
    ),
    "an alias of what a star gives": (
        {"a.py": "from b import *\ng = f\n", "b.py": "def f(): ...\n"},
        "a",
        "",
        (),
    ),
    "a wrapped function is another value": (
        {"a.py": "from b import wrap, f\nf = wrap(f)\n", "b.py": "def f(): ...\ndef wrap(f):\n    return [f]\n"},
        "a",
        "",
        (),
    ),
    "import a.b as c": (
        {
            "pkg/__init__.py": "",
            "pkg/b.py": "from pkg.c import f\n",
            "pkg/c.py": "def f(): ...\n",
            "a.py": "import pkg.b as c\nimport pkg.c\nf = c.f\ng = pkg.c.f\nh = pkg.b.f\n",
        },
        "a",
        "",
        (),
    ),
    "a submodule and a name": (
        {
            "pkg/__init__.py": "from .x import x\nfrom . import y\nfrom .z import *\n",
            "pkg/x.py": "def x(): ...\ndef other(): ...\n",
            "pkg/y.py": "def y(): ...\n",
            "pkg/z.py": "def z(): ...\n",
            "a.py": "from pkg import x, y, z\nfrom pkg.x import other\nimport pkg.x as same\nimport pkg.y as w\n",
        },
        "a",
        "",
        (),
    ),
    "a name that a submodule may cover": (
        {
            "pkg/__init__.py": "def x(): ...\n",
            "pkg/x.py": "def f(): ...\n",
            "a.py": "import pkg.x\nfrom pkg import x\n",
        },
        "a",
        "x",
        (),
    ),
    "relative imports at depth": (
        {
            "p/__init__.py": "from .q.r import deep\ndef top(): ...\n",
            "p/q/__init__.py": "from ..s import f\n",
            "p/q/r/__init__.py": "from ...s import C\nfrom .. import f\nfrom ..r.deep import deep\n",
            "p/q/r/deep.py": "def deep(): ...\n",
            "p/s.py": "def f(): ...\nclass C: ...\n",
        },
        "p.q.r",
        "",
        (),
    ),
    "a namespace package": (
        {"ns/inner/m.py": "def f(): ...\n", "a.py": "from ns.inner.m import f\nfrom ns.inner import m\nimport ns.inner.m as n\n"},
        "a",
        "",
        (),
    ),
    "src beside a package of the same name": (
        {
            "pyproject.toml": "[project]\nname = 'pkg'\n",
            "src/pkg/__init__.py": "from .m import f\n",
            "src/pkg/m.py": "def f(): ...\n",
            "other/pkg/__init__.py": "def f(): ...\n",
            "src/a.py": "from pkg import f\nfrom pkg.m import f as g\n",
        },
        "a",
        "",
        ("src",),
    ),
    "__getattr__": (
        {"b.py": "def __getattr__(name):\n    return len\ndef f(): ...\n", "a.py": "from b import f, made\n"},
        "a",
        "made",
        (),
    ),
    "what runs in blocks": (
        {
            "a.py": "import contextlib\nwith contextlib.suppress(Exception):\n    from b import f\n"
            "for g in ():\n    pass\nelse:\n    from b import g\ntry:\n    pass\nfinally:\n    from b import h\n",
            "b.py": "def f(): ...\ndef g(): ...\ndef h(): ...\n",
        },
        "a",
        "g",
        (),
    ),
}  # fmt: skip


def exports(files: dict[str, str]) -> Exports:
    tables: dict[str, Table] = {p: table(Source(p, text.encode())) for p, text in files.items() if p.endswith(".py")}
    texts = {p: text for p, text in files.items() if not p.endswith(".py")}
    return Exports(tables, Modules(Project(paths=tuple(tables), texts=texts)))


@pytest.mark.parametrize("name", PROJECTS)
def test_python_itself_finds_the_same(name: str, tmp_path: Path) -> None:
    files, module, doubtful, roots = PROJECTS[name]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    ran = subprocess.run(
        [sys.executable, "-c", JUDGE, module, *(str(tmp_path / root) for root in roots or ("",))],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    truth: dict[str, list[str]] = json.loads(ran.stdout)
    known = exports(files)
    path = next(p for r in roots or ("",) if (p := known.modules.path(module, f"{r}/x.py" if r else "x.py")))
    assert truth.keys() - {*known.bound(path)} == set() or "*" in doubtful.split()
    for local, (kind, file, qualname) in truth.items():
        if "*" in doubtful.split() and local not in known.tables[path].names:
            continue
        found = known.gives(path, local)
        inside = file.startswith(str(tmp_path))
        right = Found(kind, file.removeprefix(f"{tmp_path}/"), qualname) if inside else None  # type: ignore[arg-type]
        if local in doubtful.split():
            assert len(found) > 1 or found[0].kind == "unknown", local
            assert right in found or any(f.kind in ("unknown", "variable") for f in found), local
        elif right is not None:
            assert found == (right,), local
        else:
            assert [f.kind for f in found] == ["outside" if kind != "variable" else "variable"], local
    for local in known.bound(path):
        found = known.gives(path, local)
        assert local in truth or not found or any(f.kind == "unknown" for f in found), local


def test_what_a_circle_hides_is_found_from_every_side() -> None:
    files = {
        "a.py": "from b import f\n",
        "b.py": "try:\n    from a import f\nexcept ImportError:\n    from c import f\n",
        "c.py": "def f(): ...\n",
    }
    right = (Found("definition", "c.py", "f"),)
    for first in "ab", "ba", "cab":
        known = exports(files)
        assert {known.gives(f"{each}.py", "f") for each in first} == {right}


def test_many_stars_in_a_circle_take_no_time() -> None:
    names = [f"m{n}" for n in range(60)]
    text = "".join(f"from {name} import *\n" for name in names)
    known = exports({f"{name}.py": text for name in names} | {"m59.py": f"{text}def f(): ...\n"})
    assert known.gives("m0.py", "f") == (Found("definition", "m59.py", "f"),)
    assert known.gives("m0.py", "absent") == ()


def test_a_name_that_asks_for_more_of_itself_ends() -> None:
    known = exports({"p/__init__.py": "from .x import x\n"})
    for name in "x", "x.y", "x.y.z":  # no file is p.x: an extension perhaps
        assert {f.kind for f in known.gives("p/__init__.py", name)} <= {"unknown"}


def test_the_way_that_a_name_took_is_told() -> None:
    known = exports({"a.py": "from b import g\n", "b.py": "from c import f as g\n", "c.py": "def f(): ...\n"})
    assert known.find("a.g", "x.py")[0].through == (("a.py", "g"), ("b.py", "g"), ("c.py", "f"))


def test_who_takes_a_name_is_told() -> None:
    known = exports(
        {
            "a.py": "from b import g as h\n",
            "b.py": "from c import f as g, other\nfrom c import *\n",
            "c.py": "def f(): ...\ndef other(): ...\n",
            "d.py": "import c\ndef f(): ...\n",
        }
    )
    assert known.takers("c.py", "f") == [("a.py", "h"), ("b.py", "g"), ("b.py", "f")]
    assert known.takers("b.py", "g") == [("a.py", "h")]
    assert known.takers("d.py", "f") == []


def test_a_file_that_was_not_read_is_said() -> None:
    known = exports({"a.py": "from b import f\nfrom c import *\n", "b.py": "from d import f\n", "c.py": ""})
    known.tables = {p: t for p, t in known.tables.items() if p != "b.py"}
    assert known.gives("a.py", "f") == (Found("unread", "b.py", "f"),)
    assert known.unread == {"b.py": {"f"}}


def test_two_packages_of_one_name_are_not_known() -> None:
    known = exports({"one/src/pkg/m.py": "", "two/src/pkg/m.py": "", "a.py": "from pkg.m import f\n"})
    kinds = {f.kind for f in known.gives("a.py", "f")}
    assert kinds <= {"unknown", "outside"}


CLASSES = """
class A: pass
class B(A): pass
class C(A): pass
class D(B, C): pass
class E(C): pass
class F(D, E): pass
class G(E, A): pass
class H(F, G): pass
"""


def test_the_order_of_bases_is_pythons_own() -> None:
    made: dict[str, type] = {}
    exec(CLASSES, made)
    classes = [v for n, v in made.items() if n[0].isupper()]
    assert len(classes) == 8
    for cls in classes:
        assert mro(cls, lambda each: [b for b in each.__bases__ if b is not object]) == [*cls.__mro__[:-1]]


def test_bases_in_a_circle_and_in_no_order_end() -> None:
    bases = {
        "A": ["B"],
        "B": ["C", "A"],
        "C": ["A"],
        "X": ["Y", "Z"],
        "Y": ["P", "Q"],
        "Z": ["Q", "P"],
        "P": [],
        "Q": [],
    }
    assert mro("A", bases.__getitem__) == ["A", "B", "C"]
    assert sorted(mro("X", bases.__getitem__)) == ["P", "Q", "X", "Y", "Z"]


PACKAGE = """
import importlib, json, sys, types, warnings
warnings.simplefilter("ignore")
def file(name):
    return getattr(sys.modules.get(name), "__file__", None) or ""
def what(value):
    if isinstance(value, types.ModuleType):
        return ["module", file(value.__name__), "", []]
    bases = [[file(c.__module__), c.__qualname__] for c in value.__mro__] if isinstance(value, type) else []
    known = isinstance(value, (type, types.FunctionType))
    return ["definition", file(value.__module__), value.__qualname__, bases] if known else ["variable", "", "", []]
found = {}
for name in json.load(sys.stdin):
    try:
        module = importlib.import_module(name)
    except Exception:
        continue
    found[name] = {n: what(v) for n, v in vars(module).items() if not n.startswith("__")}
json.dump(found, sys.stdout)
"""


@pytest.mark.parametrize("package", [rich, click, gitdb], ids=lambda p: p.__name__)
def test_in_a_public_package_no_name_is_taken_for_another(package: ModuleType) -> None:
    assert package.__file__ is not None
    top = Path(package.__file__).parent
    sources = {
        f"{top.name}/{p.relative_to(top).as_posix()}": Source(str(p), p.read_bytes()) for p in top.rglob("*.py")
    }
    names = {p: p.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for p in sources}
    names = {p: name for p, name in names.items() if not name.endswith("__main__")}
    ran = subprocess.run(
        [sys.executable, "-c", PACKAGE],
        input=json.dumps([*names.values()]),
        capture_output=True,
        text=True,
        check=True,
    )
    truth = json.loads(ran.stdout)
    facts = {p: read(source, calls=False) for p, source in sources.items()}
    types = Resolver(facts, Modules(Project(paths=tuple(sources))))
    judged = unknown = classes = 0
    for path, name in names.items():
        for local, (kind, file, qualname, bases) in truth.get(name, {}).items():
            if kind == "variable" or not file.startswith(f"{top}/"):
                continue
            right = Found(kind, file.removeprefix(f"{top.parent}/"), qualname)
            found = types.exports.gives(path, local)
            judged += 1
            unknown += found != (right,)
            assert right in found or {f.kind for f in found} <= {"unknown", "variable"}, (path, local, found)
            typed = ["", "dict"] in bases[1:2]  # Python drops the bases of a TypedDict
            if found == (right,) and qualname in facts[right.path].classes and not typed:
                inside = [(f.removeprefix(f"{top.parent}/"), n) for f, n in bases if f.startswith(f"{top}/")]
                seen = types.mro((right.path, qualname))
                classes += seen == inside
                assert seen == [c for c in inside if c in seen], (path, local)
    assert judged > 100
    assert unknown < judged / 20
    assert classes > 20


def test_the_suite_has_pythons_own_order_of_bases(tmp_path: Path) -> None:
    files = {
        "bases/__init__.py": "from .deep import *\nfrom .deep import C as Again\n",
        "bases/deep.py": "class A: ...\nclass B(A): ...\nclass C(A): ...\n",
        "test_it.py": "import bases\nfrom bases import A, Again, B\n"
        "class TestD(B, Again): ...\nclass TestE(bases.C): ...\nclass TestF(TestD, TestE): ...\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    code = "import test_it; print(*(c.__qualname__ for c in test_it.TestF.__mro__[:-1]))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    modules = Modules(Project(paths=tuple(files)))
    suite = suites.TestNames({p: scan(Source(p, text.encode())) for p, text in files.items()}, modules)
    cls = suite.cls("test_it.py", "TestF")
    assert cls is not None
    assert [c.qualname for _, c in suite.mro("test_it.py", cls)[0]] == ran.stdout.split()


def test_a_file_is_asked_for_its_own_names_and_for_what_it_calls_those_of_others() -> None:
    files = {
        "p/__init__.py": "",
        "p/colors.py": "class Color: ...\ndef paint(): ...\n",
        "p/use.py": "from .colors import Color as C\ndef own(): ...\n",
    }
    tables = {path: table(Source(path, text.encode())) for path, text in files.items()}
    known = Exports(tables, Modules(Project(paths=tuple(files))))
    assert known.definition(":own", "p/use.py") == Found("definition", "p/use.py", "own")
    color = known.definition("p.colors.Color", "p/use.py")
    assert color == Found("definition", "p/colors.py", "Color")
    assert (known.called(color, "p/use.py"), known.called(color, "p/colors.py")) == ("C", "Color")
    paint = known.definition("p.colors.paint", "p/use.py")
    assert paint is not None
    assert known.called(paint, "p/use.py") == ""
