"""Which freed imports go, and how.

Whatever may still need an import keeps it: a name, a piece of code in a string, a re-export, a
comment that would be lost, a `try` or a `with` that asks whether a module is there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from unicodedata import is_normalized

from ..bindings import ImportStatement, imported
from ..source import BLOCKS, PRAGMA, TYPE_COMMENT, Source, is_docstring
from ..values import Edit, Import
from .texts import Strings, doctests

_COMMA = re.compile(r"[ \t]*,?[ \t]*")
_KEEP = re.compile(r"#\s*noqa(?!:)|#\s*noqa:[^#]*F401", re.I)


def drop(
    file: Source, freed: Iterable[Import], replaced: Collection[str] = (), used: Collection[str] | None = None
) -> list[Edit]:
    """Deletions of freed imports that nothing in the file refers to any more.

    `replaced` are local names that another import binds now: the freed import of one goes although
    the name is used. `used` is for who knows already what `uses` says. Kept: names in a string that
    may mean them (`texts`), `X as X` re-exports, imports that carry `noqa`, those in a
    `try` or a `with`, and those whose removal would lose a comment.
    """
    edits: list[Edit] = []
    whole: dict[int, tuple[list[ast.stmt], list[ImportStatement]]] = {}
    for node, block, doomed in _doomed(file, freed, replaced, used):
        if len(doomed) < len(node.names):
            for _, pairs in groupby(enumerate(doomed), key=lambda pair: pair[1] - pair[0]):  # runs of them
                run = [index for _, index in pairs]
                edits.append(file.replace(_span_of_names(file, node.names, run[0], run[-1]), ""))
        else:
            whole.setdefault(id(block), (block, []))[1].append(node)
    for block, gone in whole.values():
        edits += _without_statements(file, block, sorted(gone, key=file.start))
    return edits


def dropped(file: Source, freed: Iterable[Import]) -> frozenset[Import]:
    """Which of some freed imports `drop` would take out, all of them together."""
    return frozenset(
        item
        for node, _, doomed in _doomed(file, freed, (), None)
        for index, (_, _, item) in enumerate(imported(node))
        if index in doomed
    )


def _doomed(
    file: Source, freed: Iterable[Import], replaced: Collection[str], used: Collection[str] | None
) -> Iterator[tuple[ImportStatement, list[ast.stmt], list[int]]]:
    """The import statements that lose names, each with its block and the numbers of those names."""
    freed = frozenset(freed)
    used = (uses(file, file, {i.binds for i in freed}) if used is None else set(used)) - set(replaced)
    if all(i.binds in used for i in freed):
        return
    for node, owner, block in _imports(file.tree):
        doomed = [
            index
            for index, (local, _, item) in enumerate(imported(node))
            if item in freed
            and local != "*"
            and local not in used
            and (item.alias != (item.name or item.module) or local in replaced)
        ]
        # `try: import x`, `with suppress(ImportError):` may ask whether a module is there
        if not doomed or isinstance(owner, ast.Try | ast.TryStar | ast.With | ast.ExceptHandler):
            continue
        kept, whole = comments_of(file, node)
        doomed = [index for index in doomed if index not in kept]
        if doomed and not (whole and len(doomed) == len(node.names)):
            yield node, block, doomed


def _imports(tree: ast.Module) -> Iterator[tuple[ImportStatement, ast.AST, list[ast.stmt]]]:
    """Each import statement, what it stands in, and the block of that."""
    stack: list[ast.AST] = [tree]
    while stack:
        owner = stack.pop()
        for name in BLOCKS:
            block = getattr(owner, name, None)
            if isinstance(block, list):
                stack += block
                yield from ((node, owner, block) for node in block if isinstance(node, ImportStatement))


# ---- what keeps an import ----------------------------------------------------------------------


def uses(file: Source, head: Source, wanted: Collection[str]) -> set[str]:
    """Which of the names the file uses: as a name, in a string that may be code (in a docstring:
    a doctest), in a type comment. Where only its head mentions one, only that is parsed."""
    if not wanted:
        return set()
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(wanted)))})\b")
    if is_normalized("NFKC", file.text):
        places = sorted(at for name in wanted for at in _places(file.text, name))
        file = head if not places or places[-1] < len(head.text) - 1 else file
        lines: Sequence[int] = sorted({file.line_of(at) for at in places})
    else:  # Python normalises names, so the tree spells some otherwise
        lines = range(1, len(file.line_starts) + 1)
    found: set[str] = set()
    texts = Strings(file)
    for node in file.walk(file.tree, lines) if lines else ():
        match node:
            case ast.Name(id=name) if name in wanted:
                found.add(name)
            case ast.Constant(value=str(text)) if pattern.search(text):
                above = [*file.ancestors(node)]
                if is_docstring(above[1], above[0]):
                    found.update(pattern.findall(doctests(text)))
                else:
                    found.update(texts.names(node, above, set(pattern.findall(text))))
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                found.update(n for n in names if n in wanted)
    for match in TYPE_COMMENT.finditer(file.text):
        found.update(texts.in_comment(match[1], set(pattern.findall(match[1]))))
    return found


def _places(text: str, name: str) -> Iterator[int]:
    """Where a word stands: many times faster than a pattern, which would stop at every word."""
    word = re.compile(rf"\b{re.escape(name)}\b")
    at = text.find(name)
    while at >= 0:
        if word.match(text, at):
            yield at
        at = text.find(name, at + 1)


def comments_of(file: Source, statement: ImportStatement) -> tuple[set[int], bool]:
    """The numbers of the names of a statement that a comment may belong to, or that a `noqa` keeps: those on its line,
    below it those of the next line, at the end those of the last one. And whether one belongs to the statement as a
    whole, as what stands behind a bracket does: it may not go, its names may."""
    names = statement.names
    first, last = statement.lineno, statement.end_lineno or statement.lineno
    said = {n for n in range(first, last + 1) if "#" in (text := file.line(n)) and _KEEP.search(text)}
    ends = {first, last} & said  # a `noqa` for unused imports there is about all names, else about those of its line
    kept = {index for index, alias in enumerate(names) if ends or {alias.lineno, alias.end_lineno} & said}
    whole = False
    for number in range(first, last + 1):
        if not _has_comment(file, number, number):
            continue
        line = number
        if _is_comment(file, number):
            line = next((a.lineno for a in names if a.lineno > number), names[-1].lineno)
        beside = {index for index, alias in enumerate(names) if alias.lineno <= line <= (alias.end_lineno or line)}
        if first == last or not beside:
            whole = True
        else:
            kept |= beside
    return kept, whole


def _has_comment(file: Source, first: int, last: int) -> bool:
    """Whether some lines hold a comment that is no pragma."""
    lines = (file.line(n) for n in range(first, last + 1))
    return any("#" in line and not PRAGMA.match(line[line.index("#") :]) for line in lines)


# ---- what goes ---------------------------------------------------------------------------------


def _span_of_names(file: Source, names: Sequence[ast.alias], i: int, j: int) -> tuple[int, int]:
    """From the i-th to the j-th name with a comma, so that no comment goes or comes to stand beside another name."""
    text, first, last = file.text, names[i].lineno, names[j].end_lineno or names[j].lineno
    start, end = file.start(names[i]), file.end(names[j])
    line_start, line_end = file.line_starts[first - 1], file.line_end(last)
    before = file.end(names[i - 1]) if i else start
    if j + 1 < len(names):
        if "#" not in text[start : file.start(names[j + 1])]:
            return start, file.start(names[j + 1])
    elif "#" not in text[before:end] and (names[i - 1].end_lineno == last or "#" not in text[end:line_end]):
        return before, end
    if not text[line_start:start].strip() and re.match(r"\s*,?\s*(#|$)", text[end:line_end]):
        return line_start, line_end
    if i and "#" not in text[before:end]:
        return before, end
    comma = _COMMA.match(text, end)
    return start, comma.end() if comma else end


def _without_statements(file: Source, suite: Sequence[ast.stmt], gone: Sequence[ImportStatement]) -> Iterator[Edit]:
    """Whole statements of one block; `pass` where nothing else is in it."""
    if len(gone) == len(suite) and suite is not file.tree.body:
        start, end = file.start(gone[0]), file.end(gone[-1])
        if not _has_comment(file, gone[0].lineno, gone[-1].end_lineno or 0):
            yield Edit(file.path, start, end, "pass")
            return
        yield Edit(file.path, start, file.end(gone[0]), "pass")  # the comments between them stay
        gone = gone[1:]
    runs = [[statement] for statement in gone[:1]]
    for before, statement in pairwise(gone):
        follows = suite.index(statement) == suite.index(before) + 1
        if follows and not _has_comment(file, before.lineno, statement.lineno):
            runs[-1].append(statement)
        else:
            runs.append([statement])
    yield from (_without_run(file, suite, run) for run in runs)


def _without_run(file: Source, suite: Sequence[ast.stmt], run: Sequence[ImportStatement]) -> Edit:
    """Consecutive statements, with their lines where these hold nothing else."""
    i, j = suite.index(run[0]), suite.index(run[-1]) + 1
    first, last = run[0].lineno, run[-1].end_lineno or 0
    if j < len(suite) and suite[j].lineno == last:  # import a; b
        return Edit(file.path, file.start(run[0]), file.start(suite[j]), "")
    if i > 0 and suite[i - 1].end_lineno == first:  # b; import a
        return Edit(file.path, file.end(suite[i - 1]), file.end(run[-1]), "")
    opens = i == 0 and suite is not file.tree.body and not _is_comment(file, first - 1)
    if file.is_blank(last + 1):  # leave one set of blank lines where two met
        if first == 1 or (opens and not file.is_blank(first - 1)):
            while last < len(file.line_starts) and file.is_blank(last + 1):
                last += 1
        else:
            while first > 1 and file.is_blank(first - 1):
                first -= 1
    elif i > 0 and j < len(suite) and not file.is_blank(first - 1):  # a gap inside parted what stays, too
        gaps = ((a.end_lineno or 0, b.lineno - 1) for a, b in pairwise(run))
        blank = max(("".join(map(file.line, range(end + 1, below + 1))) for end, below in gaps), key=len, default="")
        return Edit(file.path, file.line_starts[first - 1], file.line_end(last), blank if not blank.strip() else "")
    return Edit(file.path, file.line_starts[first - 1], file.line_end(last), "")


def _is_comment(file: Source, line: int) -> bool:
    return line >= 1 and file.line(line).lstrip().startswith("#")
