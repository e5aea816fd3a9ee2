"""The checks that every composed file must pass before anything is delivered.

Each takes a file before and after and returns problems in words; a change in a file with problems
is dropped whole and reported. The convergence check needs facts and lives in the engine.
"""

from __future__ import annotations

import _symtable  # type: ignore[import-not-found]  # the public one makes an object per name: slow
import ast
import builtins
import re
import warnings
from collections import Counter
from collections.abc import Iterable
from typing import Any

from .source import Source, parse
from .values import Unreadable

# Names that every module has, and one that Windows has.
_MODULE = {
    "__annotations__",
    "__builtins__",
    "__cached__",
    "__dict__",
    "__doc__",
    "__file__",
    "__loader__",
}
_MODULE |= {"__name__", "__package__", "__path__", "__spec__", "WindowsError"}
_CLASS = {"__class__", "__module__", "__qualname__"}
_BUILTINS = frozenset({*dir(builtins), *_MODULE, *_CLASS})
_GLOBAL = (_symtable.GLOBAL_EXPLICIT, _symtable.GLOBAL_IMPLICIT)
# Comments that mean nothing without the import or the line that they stand beside.
PRAGMA = re.compile(r"#\s*(noqa|type:\s*ignore|(pylint|isort|pyright|mypy|pragma|ruff):)", re.I)
_STAR = re.compile(r"import[\s\\]*\*")
_FUTURE = re.compile(r"(\bfrom[ \t]+__future__[ \t]+import\b(?:[ \t]*\([^)]*?|[^\r\n]*?))\bannotations\b")
_TAIL = re.compile(r"#[^\r\n]*")


def problems(
    before: Source,
    after: Source,
    minimum: tuple[int, int] | None = None,
    may_go: Iterable[str] = (),
) -> list[str]:
    """What is wrong with `after`: syntax, syntax too new for the project, undefined names, lost comments
    (but those that `may_go`). What was wrong before is not counted."""
    try:
        wanted = undefined(after)
    except Unreadable as error:
        return [f"does not parse any more: {error} at line {error.line}"]
    found = []
    if minimum and not _parses(after, minimum) and _parses(before, minimum):
        found.append("uses syntax that Python {}.{} does not have".format(*minimum))
    for name, count in sorted((wanted - (_undefined_if_readable(before) if wanted else wanted)).items()):
        where = f" in {count} scopes" if count > 1 else ""
        found.append(f"leaves the name {name!r} undefined{where}")
    for comment in lost_comments(before, after) - Counter(may_go):
        if not PRAGMA.match(comment):
            found.append(f"loses the comment {comment!r}")
    return found


def _parses(file: Source, version: tuple[int, int]) -> bool:
    try:
        parse(file.text, feature_version=version)
    except Unreadable:
        return False
    return True


# ---- names -------------------------------------------------------------------------------------


def _undefined_if_readable(file: Source) -> Counter[str]:
    try:
        return undefined(file)
    except Unreadable:
        return Counter()


def undefined(file: Source) -> Counter[str]:
    """Names that are looked up globally and that neither the module nor Python binds, with the number
    of scopes that do so. Empty for a module with a star import: nobody can know.

    Raises Unreadable for text that does not parse, or that breaks a rule of scopes.
    """
    if _STAR.search(file.text) and any(
        isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in ast.walk(file.tree)
    ):
        return Counter()
    bound: set[str] = set()
    wanted: Counter[str] = Counter()
    # under the future import the names in annotations are in no table; one table is half of this check's time
    top = _symbols(_FUTURE.sub(r"\1division", file.text) if "__future__" in file.text else file.text)
    stack = [top]
    while stack:
        table = stack.pop()
        stack += table.children
        for name, flags in table.symbols.items():
            scope = (flags >> _symtable.SCOPE_OFF) & _symtable.SCOPE_MASK
            if table is top or scope in _GLOBAL:
                walrus = table is top and scope == _symtable.GLOBAL_EXPLICIT  # [(x := y) for …]
                if flags & _symtable.DEF_BOUND or walrus:
                    bound.add(name)
                if flags & _symtable.USE:
                    wanted[name] += 1
    return Counter({n: c for n, c in wanted.items() if n not in bound and n not in _BUILTINS})


def _symbols(text: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _symtable.symtable(text, "file", "exec")
        except SyntaxError as error:
            raise Unreadable(error.msg, error.lineno) from None
        except (ValueError, RecursionError, MemoryError) as error:
            raise Unreadable(str(error) or type(error).__name__) from None


# ---- comments ----------------------------------------------------------------------------------


def lost_comments(before: Source, after: Source) -> Counter[str]:
    """Comments that are gone. Their place, and white space in them, does not matter."""
    # what follows the first `#` of a line, be it in a string or not, is cheap to compare
    if not Counter(_TAIL.findall(before.text)) - Counter(_TAIL.findall(after.text)):
        return Counter()
    kept = Counter("".join(c.split()) for c in after.comments.values())
    lost: Counter[str] = Counter()
    for comment in before.comments.values():
        key = "".join(comment.split())
        if kept[key]:
            kept[key] -= 1
        else:
            lost[comment] += 1
    return lost
