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

_PARTIAL = ("functools.partial", "functools.partialmethod")


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
                edit, needs = _called(file, names, found[called.start], job.name, called)
            except NoName as error:
                yield Skip(file.path, called.line, "P13-no-name", str(error), job.group)
                continue
            edits.append(edit)
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
) -> tuple[list[Edit], tuple[Import, ...]]:
    """The parameter and the line of the docstring that tells of it."""
    around = names.scope(node)
    later = "annotations" in names.module.names or file.path.endswith(".pyi")  # from __future__
    annotation, needs = spelled(names, defined.annotation, around, node.lineno, early=not later)
    default, more = spelled(names, defined.default, around, node.lineno, early=not file.path.endswith(".pyi"))
    if defined.stub and default:
        shown = [ast.unparse(d) for d in (*node.args.defaults, *filter(None, node.args.kw_defaults))]
        if "..." in shown or not shown:
            default, more = "...", ()
    text = Parameter(name=name).text(annotation, default)
    edits = [add_parameter(file, node, text, defined.keyword_only)]
    line = told(file, node, name, annotation, default, defined.doc)
    return edits + ([line] if line is not None else []), (*needs, *more)


def _called(
    file: Source, names: Names, place: ast.expr, name: str, called: Called
) -> tuple[Edit, tuple[Import, ...]]:
    """The argument of one call."""
    call = next(n for n in file.ancestors(place) if isinstance(n, ast.Call))
    value, needs = spelled(names, called.value, names.scope(place), called.line)
    edit = add_keyword(file, call, name, value)
    if edit is None:
        raise NoName("the call is given a generator without parentheses, or the argument already")
    return edit, needs
