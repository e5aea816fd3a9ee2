"""modernize-typing as a whole: what every golden case must also show, and the gate for CI."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from codemods.engine import golden
from codemods.engine.values import Safety
from codemods.modernize_typing.names import words

GOLDEN = Path(__file__).parent.parent / "golden" / "modernize_typing"
CASES = [pytest.param(where, id=where.stem) for where in golden.cases(GOLDEN)]
NAME = "modernize-typing"
OLD = words(
    "Optional Union Dict List Set FrozenSet Tuple Type Deque DefaultDict OrderedDict Counter ChainMap Text AbstractSet "
    "AsyncContextManager AsyncGenerator AsyncIterable AsyncIterator Awaitable Callable Collection Container "
    "ContextManager Coroutine Generator Hashable ItemsView Iterable Iterator KeysView Mapping MappingView Match "
    "MutableMapping MutableSequence MutableSet Pattern Reversible Sequence Sized ValuesView ByteString"
)
TYPING = ("typing", "typing_extensions")
# options that ask for less, and skips that stand for the whole file
PARTIAL = ("--only", "--imports", "--keep-runtime-typing")
WHOLE_FILE = ("T00-target", "T26-generated", "T28-newer-syntax", "C001-syntax", "C002-ignored")


@pytest.mark.parametrize("where", CASES)
def test_no_old_name_is_left_without_a_reason(where: Path) -> None:
    case = golden.load_case(where)
    if any(word.startswith(PARTIAL) for word in case.arguments):
        pytest.skip("the case asks for a part of it")
    files = {p: d for p, d in {**case.before, **case.after}.items() if d is not None}
    step = golden.run(NAME, case.arguments, files).step
    said: dict[str, list[tuple[int, str, str]]] = {}
    for skip in step.skips:
        said.setdefault(skip.path, []).append((skip.line, skip.code, skip.reason))
    for part in (p for c in step.changes if c.safety is not Safety.SAFE for p in c.parts):
        said.setdefault(part.path, []).append((part.line, "", part.reason))
    assert not [
        left for p, d in files.items() if p.endswith((".py", ".pyi")) for left in _left(p, d, said.get(p, []))
    ]


def _left(path: str, data: bytes, said: list[tuple[int, str, str]]) -> Iterator[str]:
    """Old names of a file that no reason accounts for: none on their statement, none about the name."""
    if any(code in WHOLE_FILE for _, code, _ in said):
        return
    tree = ast.parse(data)
    about = {
        word
        for _, _, reason in said
        for word in re.findall(r"^(\w+) (?:stays|comes)|other modules import (\w+)", reason)
        for word in word
    }
    lines = {line for line, _, _ in said}
    explained: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
            last = body[0].lineno if isinstance(body, list) and body else (node.end_lineno or node.lineno)
            if not lines.isdisjoint(range(first, last + 1)):
                explained.update(range(first, last + 1))
    local, modules = _imported(tree)
    uses = list(_uses(tree, local, modules))
    for line, name in uses:
        if line not in explained and name not in about:
            yield f"{path}:{line} {name}"
    used = {name for _, name in uses} | {
        w
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and n.lineno in explained
        for w in re.findall(r"\w+", n.value)
    }
    yield from (f"{path}: {name} is imported" for name in local if name not in used | about)


def _imported(tree: ast.Module) -> tuple[dict[str, str], set[str]]:
    local: dict[str, str] = {}
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in TYPING:
            local |= {a.asname or a.name: a.name for a in node.names if a.name in OLD}
            if any(a.name == "*" for a in node.names):
                local |= {name: name for name in OLD if name in _names(tree)}
        elif isinstance(node, ast.Import):
            modules.update(a.asname or a.name for a in node.names if a.name in TYPING)
    return local, modules


def _names(tree: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}


def _uses(tree: ast.AST, local: Mapping[str, str], modules: set[str], line: int = 0) -> Iterator[tuple[int, str]]:
    """Uses in code, and in strings that are annotations. `typing.Union` by itself has no other spelling."""
    subscripted = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Subscript)}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if name in local:
                yield line or node.lineno, name
            case ast.Attribute(value=ast.Name(id=base), attr=name) if base in modules and name in OLD:
                if name not in ("Optional", "Union") or id(node) in subscripted:
                    yield line or node.lineno, name
        for root in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            for text in _outside_of_literals(root) if isinstance(root, ast.AST) and not line else ():
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    try:
                        inner = ast.parse(text.value.strip(), mode="eval")
                    except SyntaxError:
                        continue
                    yield from _uses(inner, local, modules, text.lineno)


def _outside_of_literals(root: ast.AST) -> Iterator[ast.AST]:
    match root:
        case ast.Subscript(value=ast.Name(id="Literal") | ast.Attribute(attr="Literal")):
            return
        case ast.Subscript(
            value=ast.Name(id="Annotated") | ast.Attribute(attr="Annotated"), slice=ast.Tuple(elts=elts)
        ):
            yield from _outside_of_literals(elts[0])
        case _:
            yield root
            for child in ast.iter_child_nodes(root):
                yield from _outside_of_literals(child)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="needs the syntax of Python 3.12")
def test_bounds_of_type_parameters_change_too() -> None:
    before = b"""\
from typing import Dict, List, Optional

type Rows = List["Row"]


def f[X, Y: List[int]](a: Optional[X], list: int = 1) -> Dict[X, Y]: ...


class Row[list: (Dict[str, int], str)]:
    def m[dict](self, a: List[int]) -> Dict[str, dict]: ...
"""
    after = b"""\
import builtins

type Rows = list[Row]


def f[X, Y: list[int]](a: X | None, list: int = 1) -> dict[X, Y]: ...


class Row[list: (dict[str, int], str)]:
    def m[dict](self, a: builtins.list[int]) -> builtins.dict[str, dict]: ...
"""
    result = golden.run(NAME, ["--target-version", "3.12"], {"a.py": before})
    assert result.changed == {"a.py": after}
    assert not result.step.skips


@pytest.mark.parametrize(
    "long",
    [
        "y = " + "+".join(['"s"'] * 3000),
        "y = b" + ".b" * 2000,
        "y = b" + "()" * 2000,
        "y = " + "-" * 2000 + "1",
        "y = " + "|".join(["b"] * 3000),
    ],
    ids=["a sum", "attributes", "calls", "signs", "a bar"],
)
def test_an_expression_that_is_too_long_for_others_hides_no_file(long: str) -> None:
    text = "from typing import Optional\nx: Optional[int] = 0\n"
    files = {"a.py": text.encode(), "b.py": f"{text}b = 0\n{long}\n".encode()}
    result = golden.run(NAME, ["--target-version", "3.11"], files)
    assert result.changed["a.py"] == b"x: int | None = 0\n"
    if [s.code for s in result.step.skips] != ["C001-syntax"]:  # what the running Python itself cannot take
        assert result.changed["b.py"].startswith(b"x: int | None = 0\n")


def test_check_fails_when_old_names_creep_back_in(
    tmp_path: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    """`codemod run modernize-typing --check` is the gate for CI."""

    def check() -> int:
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", "files")
        command = [str(Path(sys.executable).with_name("codemod")), "run", NAME, "--check"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode

    git(tmp_path, "init", "-q")
    write(tmp_path, {"pyproject.toml": '[project]\nname = "app"\nrequires-python = ">=3.10"\n'})
    write(tmp_path, {"app.py": "def f(a: list[int] | None) -> None: ...\n"})
    assert check() == 0
    write(tmp_path, {"app.py": "from typing import Optional\n\n\ndef f(a: Optional[int]) -> None: ...\n"})
    assert check() == 1
    write(tmp_path, {"app.py": "from typing import Optional\n\n\ndef f(a: Optional[callable]) -> None: ...\n"})
    assert check() == 0, "what is left alone with a reason is no usage that crept in"
