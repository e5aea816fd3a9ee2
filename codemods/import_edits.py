"""Add and drop imports in composed text. Only compose calls this.

Aliases are edited by their `ast` positions, so comments, parentheses and layout of an import
statement stay. A name goes into a list by the order that the list already has; a new statement goes
where isort would put it in the first run of imports.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from .base import Edit, Import, Unreadable
from .imports import ImportStatement, imported
from .source import Definition, Source, parse

_PRAGMA = re.compile(r"#\s*(type:\s*ignore|pylint:|isort:|pyright:|mypy:|pragma:)")
_NOQA = re.compile(r"#\s*noqa(?!:)|#\s*noqa:[^#]*F401", re.I)
# isort's three usual orders of names, the default (constants, classes, the rest) first
_ORDERS: tuple[Callable[[str], Any], ...] = (
    lambda n: (0 if n.isupper() and len(n) > 1 else 1 if n[:1].isupper() else 2, n.lower(), n),
    lambda n: (n.lower(), n),
    lambda n: n,
)


# ---- add ---------------------------------------------------------------------------------------


def add(file: Source, wanted: Iterable[Import]) -> list[Edit]:
    """Insertions that bind each wanted import at module level, none for what is bound already."""
    bound = {
        item
        for statement in file.tree.body
        if isinstance(statement, ast.Import | ast.ImportFrom)
        for _, _, item in imported(statement)
    }
    missing = sorted(set(wanted) - bound)
    edits: list[Edit] = []
    statements: list[str] = []
    modules: dict[str, list[Import]] = {}
    for item in missing:
        if item.name:
            modules.setdefault(item.module, []).append(item)
        elif not any(
            not b.name and not b.alias and not item.alias and b.module == item.module for b in bound
        ):
            statements.append(str(item))
    for module, items in modules.items():
        target = _from_statement(file, module)
        if target is None:
            names = ", ".join(_alias(i) for i in sorted(items, key=lambda i: _ORDERS[0](i.name)))
            statements.append(f"from {module} import {names}")
        else:
            edits += _extend(file, target, items)
    return edits + _insert_statements(file, statements)


def _alias(item: Import) -> str:
    return f"{item.name} as {item.alias}" if item.alias else item.name


def _from_statement(file: Source, module: str) -> ast.ImportFrom | None:
    """A module-level `from module import …` that can take another name."""
    for statement in _first_run(file):
        if (
            isinstance(statement, ast.ImportFrom)
            and statement.names[0].name != "*"
            and _module(statement) == module
        ):
            return statement
    return None


def _module(statement: ast.ImportFrom) -> str:
    return "." * statement.level + (statement.module or "")


def _extend(file: Source, statement: ast.ImportFrom, items: Sequence[Import]) -> list[Edit]:
    """Put names into a `from` statement, sorted where the list is sorted, else at its end."""
    names = [a.name for a in statement.names]
    order = next((o for o in _ORDERS if names == sorted(names, key=o)), None)
    before: dict[int, list[str]] = {}
    for item in sorted(items, key=lambda i: (order or _ORDERS[0])(i.name)):
        index = len(names)
        if order is not None:
            index = sum(1 for n in names if order(n) <= order(item.name))
        before.setdefault(index, []).append(_alias(item))
    edits = []
    for index, new in before.items():
        if index < len(names):
            alias = statement.names[index]
            start = file.start(alias)
            line_start = file.line_starts[alias.lineno - 1]
            own_line = not file.text[line_start:start].strip()
            glue = f",{file.newline}{file.text[line_start:start]}" if own_line else ", "
            edits.append(Edit(file.path, start, start, "".join(n + glue for n in new)))
        else:
            edits += _append(file, statement, new)
    return edits


def _append(file: Source, statement: ast.ImportFrom, new: Sequence[str]) -> list[Edit]:
    """Names after the last one: on lines of their own where the last one has a line of its own."""
    last = statement.names[-1]
    end = file.end(last)
    line_start = file.line_starts[last.lineno - 1]
    indent = file.text[line_start : file.start(last)]
    if last.lineno == statement.lineno or indent.strip():
        return [Edit(file.path, end, end, "".join(f", {n}" for n in new))]
    line = file.line(last.end_lineno or last.lineno)
    rest = line[end - file.line_starts[(last.end_lineno or last.lineno) - 1] :]
    if ")" in rest.partition("#")[0]:
        return [Edit(file.path, end, end, "".join(f", {n}" for n in new))]
    comma = rest.lstrip().startswith(",")
    line_end = end + len(rest)
    lines = f",{file.newline}".join(indent + n for n in new) + ("," if comma else "") + file.newline
    edits = [Edit(file.path, line_end, line_end, lines)]
    return edits if comma else [Edit(file.path, end, end, ","), *edits]


def _first_run(file: Source) -> list[ast.stmt]:
    """The module's leading imports: docstring and guarded imports are passed over, the first other statement ends it."""
    run: list[ast.stmt] = []
    for index, statement in enumerate(file.tree.body):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            run.append(statement)
        elif (
            isinstance(statement, ast.Expr)
            and isinstance(statement.value, ast.Constant)
            and index == 0
        ):
            continue
        elif not (isinstance(statement, ast.If | ast.Try) and _only_imports(statement)):
            if run and not _later_import_block(file, index):
                break
            if not run and not isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr):
                break
    return run


def _only_imports(statement: ast.If | ast.Try) -> bool:
    return any(isinstance(s, ast.Import | ast.ImportFrom) for s in statement.body)


def _later_import_block(file: Source, index: int) -> bool:
    """Whether a lone simple statement (`pytest.importorskip("x")`) stands between two runs of imports."""
    body = file.tree.body
    return (
        isinstance(body[index], ast.Assign | ast.Expr)
        and index + 1 < len(body)
        and isinstance(body[index + 1], ast.Import | ast.ImportFrom)
    )


def _sort_key(module: str, is_from: bool, first_party: frozenset[str]) -> tuple[int, bool, str]:
    top = module.partition(".")[0]
    if module == "__future__":
        section = 0
    elif module.startswith("."):
        section = 4
    else:
        section = 1 if top in sys.stdlib_module_names else 3 if top in first_party else 2
    return section, is_from, module.lower()


def _statement_key(statement: ast.stmt, first_party: frozenset[str]) -> tuple[int, bool, str]:
    if isinstance(statement, ast.Import):
        return _sort_key(statement.names[0].name, False, first_party)
    assert isinstance(statement, ast.ImportFrom)
    return _sort_key(_module(statement), True, first_party)


def _insert_statements(file: Source, statements: Sequence[str]) -> list[Edit]:
    """New import statements at their sorted places, with a blank line between sections."""
    if not statements:
        return []
    first_party = frozenset(p for p in file.path.split("/")[:-1])
    run = [s for s in _first_run(file) if s.end_lineno == _last_line(file, s)]
    at: dict[int, list[str]] = {}
    newline = file.newline
    for text in sorted(
        statements, key=lambda t: _sort_key(t.split()[1], t.startswith("from"), first_party)
    ):
        key = _sort_key(text.split()[1], text.startswith("from"), first_party)
        earlier = [s for s in run if _statement_key(s, first_party) <= key]
        if earlier:
            previous = max(earlier, key=lambda s: s.lineno)
            offset = _line_end(file, previous.end_lineno or previous.lineno)
            gap = _statement_key(previous, first_party)[0] != key[0]
            following = next((s for s in run if s.lineno > previous.lineno), None)
            if gap and following is not None and _statement_key(following, first_party)[0] == key[0]:
                # its section is there already and begins with what comes after it
                at.setdefault(_section_start(file, following, previous), []).append(text + newline)
                continue
            at.setdefault(offset, []).append((newline if gap else "") + text + newline)
            if gap and following is not None and not _blank(file, (previous.end_lineno or 0) + 1):
                at[offset][-1] += newline
        elif run:
            offset = file.line_starts[run[0].lineno - 1]
            gap = _statement_key(run[0], first_party)[0] != key[0]
            at.setdefault(offset, []).append(text + newline + (newline if gap else ""))
        else:
            offset, prefix, suffix = _top(file)
            new = at.setdefault(offset, [])
            if new:
                new[-1] = new[-1].removesuffix(suffix)
                prefix = ""
            new.append(prefix + text + newline + suffix)
    return [
        Edit(file.path, offset, offset, _ended(file, offset) + "".join(new))
        for offset, new in at.items()
    ]


def _section_start(file: Source, first: ast.stmt, previous: ast.stmt) -> int:
    """Where a section of imports starts: at its first statement, or at the comment right above it."""
    line = first.lineno
    while line - 1 > (previous.end_lineno or 0) and file.line(line - 1).lstrip().startswith("#"):
        line -= 1
    return file.line_starts[line - 1]


def _ended(file: Source, offset: int) -> str:
    """A newline where the text before an insertion at the end of the file has none."""
    at_end = offset == len(file.text) and file.text and not file.text.endswith(("\n", "\r"))
    return file.newline if at_end else ""


def _top(file: Source) -> tuple[int, str, str]:
    """Where the first import of a file goes: after shebang, cookie, header comments and docstring."""
    body = file.tree.body
    newline = file.newline
    if (
        body
        and isinstance(body[0], ast.Expr)
        and isinstance(body[0].value, ast.Constant)
        and isinstance(body[0].value.value, str)
    ):
        line = body[0].end_lineno or 1
        suffix = newline if len(body) > 1 and not _blank(file, line + 1) else ""
        return _line_end(file, line), newline, suffix
    # before a definition that starts the file, two blank lines
    apart = newline * (1 + (bool(body) and isinstance(body[0], Definition)))
    line = 1
    while line < len(file.line_starts) and file.line(line).lstrip().startswith("#"):
        line += 1
    if line > 1 and _blank(file, line):  # a header comment apart from the code
        return _line_end(file, line), "", apart
    line = 1
    while line <= min(2, len(file.line_starts)) and re.match(
        r"#!|[ \t\f]*#.*?coding[:=]", file.line(line)
    ):
        line += 1
    offset = file.line_starts[line - 1] if line <= len(file.line_starts) else len(file.text)
    return offset, "", apart


def _last_line(file: Source, statement: ast.stmt) -> int | None:
    """The statement's last line when nothing but a comment follows it there."""
    end_line = statement.end_lineno or statement.lineno
    rest = file.text[file.end(statement) : _line_end(file, end_line)]
    return end_line if re.fullmatch(r"\s*(#.*)?\s*", rest) else None


def _line_end(file: Source, line: int) -> int:
    return file.line_starts[line] if line < len(file.line_starts) else len(file.text)


def _blank(file: Source, line: int) -> bool:
    return line > len(file.line_starts) or not file.line(line).strip()


# ---- drop --------------------------------------------------------------------------------------


def drop(file: Source, freed: Iterable[Import], replaced: Collection[str] = ()) -> list[Edit]:
    """Deletions of freed imports that nothing in the file refers to any more.

    `replaced` are local names that another import binds now: the freed import of one goes although
    the name is used. Kept: names in `__all__` or in any other string that may be code, `X as X`
    re-exports, imports that carry `noqa`, and those whose removal would lose a comment.
    """
    freed = set(freed)
    if not freed:
        return []
    uses = _uses(file, frozenset(i.binds for i in freed)) - set(replaced)
    edits: list[Edit] = []
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            doomed = [
                index
                for index, (local, _, item) in enumerate(imported(node))
                if item in freed
                and local not in uses
                and (item.alias != (item.name or item.module) or local in replaced)
            ]
            if doomed:
                edits += _remove(file, node, doomed)
    return edits


def _uses(file: Source, wanted: frozenset[str]) -> set[str]:
    """Which of the names the file uses: as a name, in a string that may be code (a docstring only
    with doctests), in a type comment."""
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(wanted)))})\b")
    found: set[str] = set()
    docstrings = set()
    for node in ast.walk(file.tree):
        match node:
            case ast.Name(id=name) if name in wanted:
                found.add(name)
            case (
                ast.Module(body=[ast.Expr(value=ast.Constant(value=str())), *_])
                | ast.ClassDef(body=[ast.Expr(value=ast.Constant(value=str())), *_])
                | ast.FunctionDef(body=[ast.Expr(value=ast.Constant(value=str())), *_])
                | ast.AsyncFunctionDef(body=[ast.Expr(value=ast.Constant(value=str())), *_])
            ):
                docstrings.add(node.body[0].value)  # type: ignore[attr-defined]
            case ast.Constant(value=str(text)) if pattern.search(text):
                if node in docstrings:
                    found.update(pattern.findall(text) if ">>>" in text else ())
                else:
                    found.update(n for n in set(pattern.findall(text)) if _is_code(text, n))
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                found.update(wanted.intersection(names))
    for match in re.finditer(r"#\s*type:(?!\s*ignore)([^\r\n]*)", file.text):
        found.update(pattern.findall(match[1]))
    return found


def _is_code(text: str, name: str) -> bool:
    """Whether a string may use a name: `"List"`, `"List[int]"`, `"app.List"`; a sentence does not."""
    try:
        tree = parse(text.strip())
    except Unreadable:
        return re.search(rf"\b{re.escape(name)}\s*[\[(.]", text) is not None or ">>>" in text
    return any(
        name in (getattr(n, "id", ""), getattr(n, "attr", ""))
        or (isinstance(n, ast.Constant) and isinstance(n.value, str) and name in n.value)
        or (isinstance(n, ast.alias) and name in n.name)
        for n in ast.walk(tree)
    )


def _remove(file: Source, statement: ImportStatement, doomed: Sequence[int]) -> list[Edit]:
    first, last = statement.lineno, statement.end_lineno or statement.lineno
    text = file.text[file.start(statement) : _line_end(file, last)]
    if "#" in text and any(_NOQA.search(file.line(n)) for n in range(first, last + 1)):
        return []
    if len(doomed) == len(statement.names):
        if any(
            "#" in file.line(n) and not _PRAGMA.search(file.line(n)) for n in range(first, last + 1)
        ):
            return []
        return [_remove_statement(file, statement)]
    edits = []
    for run in _runs(doomed):
        if run[-1] + 1 < len(statement.names):
            start, end = (
                file.start(statement.names[run[0]]),
                file.start(statement.names[run[-1] + 1]),
            )
        else:
            start, end = file.end(statement.names[run[0] - 1]), file.end(statement.names[run[-1]])
        if "#" in file.text[start:end] and not _PRAGMA.search(file.text[start:end]):
            continue
        edits.append(Edit(file.path, start, end, ""))
    return edits


def _runs(indices: Sequence[int]) -> Iterator[list[int]]:
    run = [indices[0]]
    for a, b in pairwise(indices):
        if b != a + 1:
            yield run
            run = []
        run.append(b)
    yield run


def _remove_statement(file: Source, statement: ImportStatement) -> Edit:
    """The whole statement with its line; `pass` where it was the only one of its suite."""
    parent = file.parents[statement]
    suite = next(b for _, b in ast.iter_fields(parent) if isinstance(b, list) and statement in b)
    first, last = statement.lineno, statement.end_lineno or statement.lineno
    alone = not file.text[
        file.line_starts[first - 1] : file.start(statement)
    ].strip() and _last_line(file, statement)
    if len(suite) == 1 and not isinstance(parent, ast.Module):
        return Edit(file.path, *file.span(statement), "pass")
    if not alone:
        rest = re.compile(r"[ \t]*;[ \t]*").match(file.text, file.end(statement))
        if rest:
            return Edit(file.path, file.start(statement), rest.end(), "")
        before = re.search(r"[ \t]*;[ \t]*$", file.text[: file.start(statement)])
        start = before.start() if before else file.start(statement)
        return Edit(file.path, start, file.end(statement), "")
    start, end = file.line_starts[first - 1], _line_end(file, last)
    if last < len(file.line_starts) and _blank(file, last + 1):
        if first == 1:
            while last + 1 < len(file.line_starts) and _blank(file, last + 1):
                last += 1
            end = _line_end(file, last)
        else:
            while first > 1 and _blank(file, first - 1):
                first -= 1
            start = file.line_starts[first - 1]
    return Edit(file.path, start, end, "")
