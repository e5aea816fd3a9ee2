"""Read one file: where it names what moves, and what it does while it is imported."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..engine.names import last_name
from ..engine.source import Definition, Source, is_docstring, statements
from ..facts import loading
from ..facts.references.scan import read as read_sites
from .options import Options
from .values import MoveFacts, Site


def is_module(path: str, dotted: str) -> bool:
    """Whether a file may be the module of a dotted name."""
    inner = dotted.replace(".", "/")
    return f"/{path}".endswith((f"/{inner}.py", f"/{inner}/__init__.py"))


def source_of(options: Options) -> str:
    """The dotted name of the module that symbols move out of."""
    return options.all_of or options.symbol[0].rpartition(".")[0]


def read(file: Source, options: Options) -> MoveFacts:
    """The facts of one file."""
    source = source_of(options)
    words = {symbol.rpartition(".")[2] for symbol in options.symbol}
    words |= set(_words(file, source))
    around = options.to.rpartition(".")[0]
    mine = any(is_module(file.path, dotted) for dotted in (source, options.to, around) if dotted)
    return MoveFacts(
        sites=read_sites(file, dict.fromkeys(sorted(words), ())),
        events=loading.read(file),
        prose=tuple(_prose(file, source)),
        data=file.data if mine and file.path.endswith(".py") else None,
    )


def _prose(file: Source, source: str) -> Iterator[Site]:
    """Where texts and comments name something of the module by its whole path, or import it: `told` is what nobody edits."""
    imports = re.compile(rf"(?<![\w.])from[ \t]+{re.escape(source)}[ \t]+import[ \t]+\(?([\w \t,]+)")
    for match in imports.finditer(file.text):
        for name in re.finditer(r"\w+", match[1]):
            yield _site(file, match.start(1) + name.start(), name[0], source, "told")
    pattern = re.compile(rf"(?<![\w.]){re.escape(source)}\.([^\W\d]\w*)")
    found = {m.start(1): m[1] for m in pattern.finditer(file.text)} if file.is_python else {}
    if not found:
        return
    for line, comment in file.comments.items():
        first = file.line_starts[line - 1] + file.line(line).rindex(comment)
        for at in [at for at in found if first <= at < first + len(comment)]:
            yield _site(file, at, found.pop(at), source, "comment")
    for node in ast.walk(file.tree):
        body = node.body if isinstance(node, Definition | ast.Module) else []
        if body and is_docstring(node, body[0]):
            first, last = file.span(body[0])
            for at in [at for at in found if first <= at < last]:
                yield _site(file, at, found.pop(at), source, "docstring")
    yield from (_site(file, at, word, source, "told") for at, word in found.items())


def _site(file: Source, start: int, word: str, source: str, form: str) -> Site:
    return Site(form=form, line=file.line_of(start), start=start, word=word, asks=f"{source}.{word}")


def _words(file: Source, source: str) -> Iterator[str]:
    """The names that a file may take from the module, whichever they are."""
    last = source.rpartition(".")[2]
    if re.search(rf"(?<!\w){re.escape(last)}(?!\w)", file.text):
        yield last
        whole = ".".join(source.split(".")[-2:])  # a text that names it says its package, too
        yield from re.findall(rf"(?<!\w){re.escape(whole)}[.:]([^\W\d]\w*)", file.text)
    elif not is_module(file.path, source):
        return
    if not file.is_python:
        return
    if is_module(file.path, source):
        for node in statements(file.tree.body):
            yield from (n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
            name = getattr(node, "name", None)
            yield from [name] if isinstance(name, str) else []
        return
    called = {last}
    for node in statements(file.tree.body, inside=True):
        if isinstance(node, ast.Import | ast.ImportFrom):
            called |= {a.asname for a in node.names if a.asname and a.name.rpartition(".")[2] == last}
        if isinstance(node, ast.ImportFrom) and (node.module or "").rpartition(".")[2] == last:
            names = [a.name for a in node.names]
            yield from (n for n in names if n != "*")
            if "*" in names:
                yield from (n.id for n in ast.walk(file.tree) if isinstance(n, ast.Name))
    for each in ast.walk(file.tree):
        if isinstance(each, ast.Attribute) and last_name(each.value) in called:
            yield each.attr
