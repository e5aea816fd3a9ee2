"""The texts of the modules of the package."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from itertools import takewhile

from ..engine.grouping import grouped
from ..engine.parsing import NEWLINE
from ..engine.values import Import
from ..facts.moving.needs import Finder
from ..facts.moving.texts import gap, pieces
from ..facts.moving.units import Unit, is_definition
from ..facts.moving.values import Text
from .package import Package
from .script import read_first
from .values import Piece


def head(package: Package, piece: Piece) -> str:
    """What a part begins with."""
    above = _header(package) if package.job.header else ""
    told = "".join(f"{line}\n" for line in _told_to_tools(package) if f"{line}\n" not in above)
    above += f"{told}\n" if told else ""
    doc = piece.doc.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return above + (f'"""{doc}"""\n\n' if doc else "")


def _told_to_tools(package: Package) -> Iterator[str]:
    """The comments above all statements that tell tools something of the whole file: each part is such a file."""
    body = package.file.tree.body
    first = package.file.first_line(body[0]) if body else 1
    for number in range(1, first):
        line = package.file.line(number).strip()
        if _OF_FILE.match(line):
            yield line


def _header(package: Package) -> str:
    """The comments at the top of the module, as a licence is: without what Python and shells read, to the first empty line
    below them."""
    lines = NEWLINE.sub("\n", package.file.text[len(package.file.cookie) :]).split("\n")
    lines = lines[1:] if lines[0].startswith("#!") else lines
    found = [*takewhile(lambda line: line.startswith("#"), lines)]
    return "".join(f"{line}\n" for line in found) + ("\n" if found else "")


_OF_FILE = re.compile(
    r"#[ \t]*(?:(?:mypy|pyright|pylint|ruff|flake8|isort)[ \t]*:|type:[ \t]*ignore\b|fmt:[ \t]*off\b)"
)
_JOINED = "\u00a0"  # stands for the spaces of `x as x`, where no line is broken


def import_of(module: str, items: Sequence[str], length: int, indent: str = "") -> str:
    """An import of several names, on several lines where one is too long."""
    line = f"{indent}from {module} import {', '.join(items)}"
    if len(line) <= length:
        return f"{line}\n"
    rows = textwrap.wrap(
        ", ".join(item.replace(" ", _JOINED) for item in items) + ",",
        length - len(indent) - 4,
        break_long_words=False,
        break_on_hyphens=False,
    )
    inside = "".join(f"{indent}    {row}\n" for row in rows).replace(_JOINED, " ")
    return f"{indent}from {module} import (\n{inside}{indent})\n"


def body(package: Package, piece: Piece) -> Iterator[Text]:
    """What stands below the imports of a part, but for those of other parts."""
    ordered = [i for i in package.ordered(piece) if i.module != "__future__"]
    for item in ordered:
        yield Text(0, 0, f"{item}\n")
    if ordered and piece.siblings:
        yield Text(0, 0, "\n")
    for module, items in sorted(grouped((i.module, i.name) for i in piece.siblings).items()):
        yield Text(0, 0, import_of(module, sorted(items), package.job.length))
    if piece.siblings or ordered:
        yield Text(0, 0, "\n")
    if piece.checked:
        indent = package.file.indent
        plain = "".join(f"{indent}{item}\n" for item in sorted(piece.checked) if not item.name)
        taken = grouped(
            (i.module, f"{i.name} as {i.alias}" if i.alias else i.name) for i in sorted(piece.checked) if i.name
        )
        rows = (import_of(module, names, package.job.length, indent) for module, names in taken.items())
        yield Text(0, 0, f"if {package.checking().binds}:\n{plain}{''.join(rows)}\n")
    lines = []
    if package.job.module_name == "compat":
        lines.append("__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it\n")
    if any(map(package.looks_beside, piece.units)):
        lines.append(
            '__file__ = os.path.dirname(__file__) + ".py"  # as before: what lies beside is found from there\n'
        )
    if package.extends_all(piece):
        lines.append("__all__: list[str] = []  # what is added to it the package adds to its own\n")
    if lines:
        yield Text(0, 0, "".join([*lines, "\n\n"]))
    elif (piece.siblings or ordered) and is_definition(piece.units[0]):
        yield Text(0, 0, "\n")
    before = None
    for run in _runs(package, piece):
        if before is not None and (blank := gap(package.outline, before, run)):
            yield Text(0, 0, "\n" * blank)
        yield from pieces(package.outline, run, piece.edits, 0)
        before = run


def _runs(package: Package, piece: Piece) -> Iterator[Unit]:
    """Statements with nothing but blank lines between them move as one text."""
    run: list[Unit] = []
    for unit in piece.units:
        if run and package.file.text[run[-1].end : unit.start].strip():
            yield _joined(run)
            run = []
        run.append(unit)
    yield _joined(run)


def _joined(run: Sequence[Unit]) -> Unit:
    if len(run) == 1:
        return run[0]
    names = frozenset(n for unit in run for n in unit.names)
    return Unit(run[0].node, run[0].start, run[-1].end, names, (run[0].lines[0], run[-1].lines[1]))


def script(package: Package) -> tuple[tuple[Text, ...], tuple[Import, ...]]:
    """`__main__.py`: what runs the module as a script, and what it needs."""
    main = package.main
    assert main is not None
    needs = Finder(package.outline, None, package.target("__main__"), [main], copies=False).find()
    requires = {*needs.requires, *(Import(".", name) for name in needs.stays)}
    requires |= {Import("__future__", f) for f in package.names.futures}
    requires |= {Import(".", name) for name in read_first(package, main)}
    requires |= {Import(".", "__doc__") for r in package.outline.reads(main) if r.name == "__doc__"}
    return tuple(pieces(package.outline, main, needs.edits, 0)), tuple(sorted(requires))
