"""Carry out what was planned for one file."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..engine.edits import add_keyword, add_parameter
from ..engine.names import Names
from ..engine.source import Function, Source, is_function
from ..engine.values import Edit, Import, Part, Safety, Skip
from .docstrings import told
from .expressions import NoName, spelled
from .parameter import Parameter
from .scan import places
from .values import Called, Defined, Job


def parts(file: Source, jobs: Sequence[Job]) -> Iterator[Part | Skip]:
    """The edits of a file."""
    names = file.once(Names)
    for job in jobs:
        safety = Safety.UNSAFE if job.unsafe else Safety.SAFE
        edits: list[Edit] = []
        requires: list[Import] = []
        functions = {file.start(n): n for n in file.walk(file.tree, [*_lines(file, job)]) if is_function(n)}
        for defined in job.defined:
            node = functions[defined.start]
            try:
                new, needs = _defined(file, names, node, job.name, defined)
            except NoName as error:
                yield Skip(file.path, node.lineno, "P13-no-name", str(error), job.group)
                continue
            edits += new
            requires += needs
        found = places(file, job.words) if job.called else {}
        for called in job.called:
            try:
                new, needs = _called(file, names, found[called.start], job.name, called)
            except NoName as error:
                yield Skip(file.path, called.line, "P13-no-name", str(error), job.group)
                continue
            edits += new
            requires += needs
        if edits:
            yield Part(
                file.path, job.line, job.reason, tuple(sorted(edits)), safety, job.group,
                requires=tuple(dict.fromkeys(requires)),
            )  # fmt: skip


def _lines(file: Source, job: Job) -> Iterator[int]:
    yield from sorted(file.line_of(defined.start) for defined in job.defined)


def _defined(
    file: Source, names: Names, node: Function, name: str, defined: Defined
) -> tuple[tuple[Edit, ...], tuple[Import, ...]]:
    """The parameter and the line of the docstring that tells of it."""
    around = names.scope(node)
    later = "annotations" in names.futures or file.path.endswith(".pyi")
    annotation, needs = spelled(names, defined.annotation, around, node.lineno, early=not later)
    default, more = spelled(names, defined.default, around, node.lineno, early=not file.path.endswith(".pyi"))
    if defined.stub and default:
        shown = [ast.unparse(d) for d in (*node.args.defaults, *filter(None, node.args.kw_defaults))]
        if "..." in shown or not shown:
            default, more = "...", ()
    text = Parameter(name=name).text(annotation, default)
    edit = add_parameter(file, node, text, defined.keyword_only)
    line = told(file, node, name, annotation, default, defined.doc)
    if line is None and node.name == "__init__" and isinstance(around.node, ast.ClassDef):
        line = told(file, around.node, name, annotation, default, defined.doc)
    return (edit, line) if line is not None else (edit,), (*needs, *more)


def _called(
    file: Source, names: Names, place: ast.expr, name: str, called: Called
) -> tuple[tuple[Edit, ...], tuple[Import, ...]]:
    """The argument of one call."""
    above = [*file.ancestors(place)]
    call = next(n for n in above if isinstance(n, ast.Call))
    value, needs = spelled(names, called.value, names.scope(place), called.line)
    text = next((n for n in reversed(above) if isinstance(n, ast.JoinedStr)), None)
    if text is not None:
        from .formatted import add_keyword as add_in_text  # LibCST: not for all

        if edits := add_in_text(file, text, called.start, name, value, call.func is place):
            return edits, needs
        raise NoName(f"{value} cannot stand in this f-string")
    edit = add_keyword(file, call, name, value)
    if edit is not None:
        return (edit,), needs
    start, end = file.span(call.args[0])  # a generator, whose parentheses are the call's
    opening = file.replace((start, start + 1), "((")
    return (opening, file.replace((end - 1, end), f"), {name}={value})")), needs
